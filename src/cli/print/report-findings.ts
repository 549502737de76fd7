import { type Diagnostic, hasErrors } from "../../diagnostics/diagnostic.ts";
import { renderJson } from "../../diagnostics/render-json.ts";
import { renderTerminal } from "../../diagnostics/render-terminal.ts";
import type { Source } from "../../text/source.ts";
import { exitCode } from "../cli-error.ts";
import { printData, printJson, useColor } from "./terminal.ts";

/** What a verb found; `sources` maps the file names in spans to their text. */
export interface Findings {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, Source>;
}

/** Findings that stand beside a verb's data, on stderr. */
export function noteFindings({ diagnostics, sources }: Findings): void {
  process.stderr.write(renderTerminal(diagnostics, sources, { color: useColor(process.stderr) }));
}

/** Findings as a verb's data, on stdout. */
export function printFindings({ diagnostics, sources }: Findings, json: boolean): void {
  if (json) printJson(renderJson(diagnostics, sources));
  else printData(renderTerminal(diagnostics, sources, { color: useColor(process.stdout) }));
}

/**
 * Ends a verb that could not make its data: frames on stderr, and with `--json` the findings on stdout, so that stdout always
 * holds one document.
 */
export function failWithFindings(findings: Findings, json: boolean): void {
  noteFindings(findings);
  if (json) printFindings(findings, true);
  process.exitCode = exitCode.findings;
}

export function findingsExitCode(diagnostics: readonly Diagnostic[]): number {
  return hasErrors(diagnostics) ? exitCode.findings : exitCode.clean;
}
