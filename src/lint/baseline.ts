import { z } from "zod";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Source } from "../text/source.ts";
import { findingText } from "./finding-text.ts";

const entrySchema = z.strictObject({
  file: z.string(),
  rule: z.string(),
  /** The line it is on, without blanks and comment. */
  text: z.string(),
  /** How many of them. */
  count: z.int().positive(),
});

/** Findings that a project knows of and does not want to hear of, as they are kept on disk. */
export const baselineSchema = z.strictObject({ schemaVersion: z.literal(1), findings: z.array(entrySchema) });
export type Baseline = z.infer<typeof baselineSchema>;

/** How a baseline names a file, since it outlives the folder that a command was started in. */
export type NameFile = (file: string) => string;

export interface Judged {
  /** What the baseline does not know. */
  readonly fresh: readonly Diagnostic[];
  readonly known: number;
  /** Findings of the baseline that are gone. */
  readonly gone: number;
}

function keyOf(finding: Omit<z.infer<typeof entrySchema>, "count">): string {
  return JSON.stringify([finding.file, finding.rule, finding.text]);
}

function describe(diagnostic: Diagnostic, sources: ReadonlyMap<string, Source>, nameFile: NameFile) {
  return { file: nameFile(diagnostic.span.file), rule: diagnostic.code, text: findingText(diagnostic, sources) };
}

/** Every finding of a rule, equal ones counted, in order of file, rule and text: the same findings give the same file. */
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

/** Takes away what a baseline knows; of equal findings the first, as many as it has. What the compiler finds stays. */
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
