import type { CompileRequest } from "../../src/compile.ts";
import { structureNetwork } from "../../src/compile.ts";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { printGraph } from "../../src/ir/print.ts";
import { lint } from "../../src/lint/lint.ts";
import { loadProgram } from "../../src/program/load-program.ts";
import { createSource, positionAt, type Source } from "../../src/text/source.ts";
import type { TokenEdit } from "./token-edit.ts";

/** A spec as it is shipped, with its findings and the graphs of its networks. */
export interface Original {
  readonly source: Source;
  readonly request: CompileRequest;
  readonly findings: readonly Diagnostic[];
  readonly graphs: string;
}

/**
 * What an edit did. It _broke_ something if `mnet lint` (default rules, default params) then finds what it had not: an error of
 * syntax, names, values or shapes, an assert or stated shape that no longer holds, or what a rule calls a fault. It is
 * `located` if one of those findings begins on the line of the edit. An edit that nobody objects to is `silent` if some
 * network compiles to another graph than before, and `same` if all compile to what they did.
 */
export type Outcome = "located" | "elsewhere" | "silent" | "same";

export interface Judged {
  readonly outcome: Outcome;
  /** The new findings, in order of place. */
  readonly fresh: readonly Diagnostic[];
}

export function readOriginal(source: Source, request: CompileRequest): Original {
  return { source, request, findings: find(source, request), graphs: graphsOf(source, request) };
}

function find(source: Source, request: CompileRequest): readonly Diagnostic[] {
  return lint(source, request, { measure: false }).diagnostics;
}

function graphsOf(source: Source, request: CompileRequest): string {
  const program = loadProgram(source, request.read);
  return [...program.networks.keys()]
    .map((name) => {
      const network = structureNetwork(program, name, new Map()).value;
      return network === null ? name : printGraph(network.training);
    })
    .join("\n");
}

export function judgeEdit(original: Original, edit: TokenEdit): Judged {
  const source = createSource(original.source.name, edit.text);
  const known = new Set(
    original.findings.map(
      ({ code, span }) => `${code} ${span.start > edit.start ? span.start + edit.delta : span.start}`,
    ),
  );
  const fresh = find(source, original.request).filter(({ code, span }) => !known.has(`${code} ${span.start}`));
  if (fresh.length === 0) {
    return { outcome: graphsOf(source, original.request) === original.graphs ? "same" : "silent", fresh };
  }
  const located = fresh.some(
    ({ span }) => span.file === source.name && positionAt(source, span.start).line === edit.line,
  );
  return { outcome: located ? "located" : "elsewhere", fresh };
}
