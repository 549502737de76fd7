import { z } from "zod";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Source } from "../text/source.ts";
import { findingText } from "./finding-text.ts";

const entrySchema = z.strictObject({
  file: z.string(),
  rule: z.string(),
  /** The line that the finding is on, without its blanks and comment. */
  text: z.string(),
  /** Number of equal findings. */
  count: z.int().positive(),
});

/** The file in which a project keeps its known findings, which are no longer reported. */
export const baselineSchema = z.strictObject({ schemaVersion: z.literal(1), findings: z.array(entrySchema) });
export type Baseline = z.infer<typeof baselineSchema>;

/** Returns the name of a file in the baseline. The name does not depend on the folder in which a command starts. */
export type NameFile = (file: string) => string;

export interface Judged {
  /** The findings that the baseline does not have. */
  readonly fresh: readonly Diagnostic[];
  /** Number of findings that it has. */
  readonly known: number;
  /** Number of the baseline's findings that are gone. */
  readonly gone: number;
}

function keyOf(finding: Omit<z.infer<typeof entrySchema>, "count">): string {
  return JSON.stringify([finding.file, finding.rule, finding.text]);
}

function describe(diagnostic: Diagnostic, sources: ReadonlyMap<string, Source>, nameFile: NameFile) {
  return { file: nameFile(diagnostic.span.file), rule: diagnostic.code, text: findingText(diagnostic, sources) };
}

/** Counts equal findings of rules and sorts them by file, rule and text, so that the same findings give the same file. */
export function makeBaseline(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, Source>,
  nameFile: NameFile,
): Baseline {
  const entries = new Map<string, Baseline["findings"][number]>();
  for (const diagnostic of diagnostics) {
    if (!isOfRule(diagnostic)) continue;
    const finding = describe(diagnostic, sources, nameFile);
    const count = (entries.get(keyOf(finding))?.count ?? 0) + 1;
    entries.set(keyOf(finding), { ...finding, count });
  }
  const findings = [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
  return { schemaVersion: 1, findings };
}

/**
 * Removes the findings that a baseline has. Of equal findings it removes the first ones, as many as the baseline counts. The compiler's
 * findings stay.
 */
export function applyBaseline(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, Source>,
  nameFile: NameFile,
  baseline: Baseline,
): Judged {
  const left = new Map(baseline.findings.map((entry) => [keyOf(entry), entry.count]));
  const fresh = diagnostics.filter((diagnostic) => {
    if (!isOfRule(diagnostic)) return true;
    const key = keyOf(describe(diagnostic, sources, nameFile));
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    return count === 0;
  });
  const gone = [...left.values()].reduce((sum, count) => sum + count, 0);
  return { fresh, known: diagnostics.length - fresh.length, gone };
}

/** The compiler's codes have a slash; a rule's name has none. */
function isOfRule({ code }: Diagnostic): boolean {
  return !code.includes("/");
}
