import { type Diagnostic, hasErrors } from "../../diagnostics/diagnostic.ts";
import { renderJson } from "../../diagnostics/render-json.ts";
import { renderTerminal } from "../../diagnostics/render-terminal.ts";
import type { Source } from "../../text/source.ts";
import { exitCode } from "../failure/cli-error.ts";
import { printData, printJson, useColor } from "./terminal.ts";

/** The findings of a verb. `sources` maps the file names in spans to their text. */
export interface Findings {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, Source>;
}

/** Prints findings beside the data of a verb, on stderr. */
export function noteFindings({ diagnostics, sources }: Findings): void {
  process.stderr.write(renderTerminal(diagnostics, sources, { color: useColor(process.stderr) }));
}

/** Prints findings as the data of a verb, on stdout. */
export function printFindings({ diagnostics, sources }: Findings, json: boolean): void {
  if (json) printJson(renderJson(diagnostics, sources));
  else printData(renderTerminal(diagnostics, sources, { color: useColor(process.stdout) }));
}

/**
 * Ends a verb that could not make its data. Prints frames on stderr and, with `--json`, the findings on stdout, so that stdout
 * always holds one document. Sets the exit code.
 */
export function failWithFindings(findings: Findings, json: boolean): void {
  noteFindings(findings);
  if (json) printFindings(findings, true);
  process.exitCode = exitCode.findings;
}

/** Returns the exit code of a verb whose data are findings. */
export function findingsExitCode(diagnostics: readonly Diagnostic[]): number {
  return hasErrors(diagnostics) ? exitCode.findings : exitCode.clean;
}
