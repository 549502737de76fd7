import type { Source } from "../text/source.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { placeOf } from "./place.ts";
import { printable } from "./printable.ts";

/**
 * Writes one finding a line, `net.mnet:3:9: warning: … [bias-before-bn]`, as compilers do and editors and grep expect.
 *
 * @param diagnostics the findings, in the order in which they are shown.
 * @param sources the files that spans point into, by name.
 * @returns the lines; empty where there are no findings.
 */
export function renderLine(diagnostics: readonly Diagnostic[], sources: ReadonlyMap<string, Source>): string {
  return diagnostics
    .map(({ code, severity, message, span }) => {
      const { file, line, column } = placeOf(span, sources);
      return `${printable(file)}:${line}:${column}: ${severity}: ${printable(message)} [${code}]\n`;
    })
    .join("");
}
