import type { CompileRequest, ReadFile } from "../compile.ts";
import { hasErrors, type Fix } from "../diagnostics/diagnostic.ts";
import { LIBRARY_FOLDER } from "../program/program.ts";
import type { Source } from "../text/source.ts";
import { applyFixes } from "../diagnostics/apply-edits.ts";
import { lint, type LintOptions, type LintReport } from "./lint.ts";

/** A fix can uncover a finding of another rule. After this many rounds the rules are taken to contradict each other. */
const mostRounds = 10;

/** What fixing a spec came to. */
export interface FixReport {
  /** The findings that are left. */
  readonly report: LintReport;
  /** The files that changed, by name. */
  readonly changed: ReadonlyMap<string, Source>;
  readonly applied: number;
}

/**
 * Applies fixes and lints again, until nothing is left to fix. A fix that adds an error to the spec, such as a failed assert, is not applied.
 *
 * @param entry the spec.
 * @param request the network to compile, the values of its params, and how to read imports.
 * @param unsafe whether to apply suggestions as well as safe fixes. A suggestion changes what the network computes.
 * @param options the rules and limits to lint with.
 * @returns the findings that remain, and the files that changed. Nothing is written.
 */
export function fixSpec(entry: Source, request: CompileRequest, unsafe: boolean, options: LintOptions = {}): FixReport {
  const texts = new Map<string, Source>([[entry.name, entry]]);
  const changed = new Map<string, Source>();
  const refused = new Set<string>();
  let applied = 0;

  const read: ReadFile = (path) => texts.get(path)?.text ?? request.read(path);
  const lintNow = (measure: boolean, over: ReadonlyMap<string, Source> = new Map()): LintReport =>
    lint(
      over.get(entry.name) ?? texts.get(entry.name) ?? entry,
      { ...request, read: (path) => over.get(path)?.text ?? read(path) },
      { ...options, measure },
    );
  const errorsIn = (report: LintReport): number =>
    report.diagnostics.filter((diagnostic) => diagnostic.severity === "error").length;

  const tryFixes = (before: LintReport, fixes: readonly Fix[]): boolean => {
    const result = applyFixes(before.sources, fixes);
    if (result.applied.length === 0) return false;
    const after = lintNow(false, result.sources);
    if (hasErrors(after.diagnostics) && errorsIn(after) > errorsIn(before)) {
      if (result.applied.length === 1) for (const fix of result.applied) refused.add(nameOf(fix));
      return false;
    }
    for (const [name, source] of result.sources) {
      texts.set(name, source);
      changed.set(name, source);
    }
    applied += result.applied.length;
    return true;
  };

  /** Tries all fixes at once, else the first half, else the second. The fixes that are left wait for the next round. */
  const tryInParts = (before: LintReport, fixes: readonly Fix[]): boolean => {
    if (tryFixes(before, fixes)) return true;
    if (fixes.length <= 1) return false;
    const half = Math.ceil(fixes.length / 2);
    return tryInParts(before, fixes.slice(0, half)) || tryInParts(before, fixes.slice(half));
  };

  for (let round = 0; round < mostRounds; round++) {
    const report = lintNow(false);
    const fixes = report.diagnostics.flatMap(({ fix }) =>
      fix !== null && (unsafe || fix.safety === "safe") && isOurs(fix) && !refused.has(nameOf(fix)) ? [fix] : [],
    );
    if (fixes.length === 0) break;
    if (!tryInParts(report, fixes)) break;
  }
  return { report: lintNow(options.measure ?? true), changed, applied };
}

function isOurs(fix: Fix): boolean {
  return fix.edits.every((edit) => !edit.span.file.startsWith(LIBRARY_FOLDER));
}

function nameOf(fix: Fix): string {
  return JSON.stringify(fix.edits);
}
