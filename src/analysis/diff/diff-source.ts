import type { Program } from "../../program/program.ts";
import { positionAt } from "../../text/source.ts";
import { alignSequences } from "./align.ts";
import { usedDeclarations, type Declaration } from "./declarations.ts";
import { sourceLines, type SourceLine } from "./source-lines.ts";

/** A statement, row or head that occurs on one side only. */
export interface SourceLineChange {
  readonly change: "removed" | "added";
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Its beginning, on one line. */
  readonly text: string;
}

/** A declaration that differs in more than comments and spacing. */
export interface SourceChange {
  /** `network MobileNetV2`, `block bottleneck`, `let ch`. */
  readonly declaration: string;
  readonly change: "changed" | "removed" | "added";
  readonly lines: readonly SourceLineChange[];
}

/**
 * Returns the differences between the texts of two networks: their declarations, and the blocks and lets that they
 * use.
 */
export function diffSource(
  a: { readonly program: Program; readonly network: string },
  b: { readonly program: Program; readonly network: string },
): readonly SourceChange[] {
  const before = usedDeclarations(a.program, a.network);
  const after = usedDeclarations(b.program, b.network);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key): SourceChange[] => {
    const old = before.get(key);
    const now = after.get(key);
    if (old === undefined) return now === undefined ? [] : [{ declaration: titleOf(now), change: "added", lines: [] }];
    if (now === undefined) return [{ declaration: titleOf(old), change: "removed", lines: [] }];
    const lines = changedLines(old, now);
    const [from, to] = [titleOf(old), titleOf(now)];
    return lines.length === 0
      ? []
      : [{ declaration: from === to ? from : `${from} -> ${to}`, change: "changed", lines }];
  });
}

function titleOf({ node }: Declaration): string {
  return `${node.kind === "preset" ? "network" : node.kind} ${node.name.text}`;
}

function changedLines(old: Declaration, now: Declaration): readonly SourceLineChange[] {
  const before = sourceLines(old);
  const after = sourceLines(now);
  const changes: SourceLineChange[] = [];
  let [i, j] = [0, 0];
  const pairs = alignSequences(
    before.map(({ key }) => key),
    after.map(({ key }) => key),
  );
  for (const [nextA, nextB] of [...pairs, [before.length, after.length] as const]) {
    for (const line of before.slice(i, nextA)) changes.push(describe("removed", old, line));
    for (const line of after.slice(j, nextB)) changes.push(describe("added", now, line));
    [i, j] = [nextA + 1, nextB + 1];
  }
  return changes;
}

const longestText = 100;

function describe(change: "removed" | "added", { file }: Declaration, { key, span }: SourceLine): SourceLineChange {
  const { source } = file;
  const written = key.endsWith(' ["else"]') ? "else" : source.text.slice(span.start, span.end);
  const [first = ""] = written.split(/[\r\n]/, 1);
  const text = first.trim().replace(/\s+/g, " ");
  return {
    change,
    file: source.name,
    line: positionAt(source, span.start).line,
    text: text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text,
  };
}
