import type { Source } from "../text/source.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { placeOf } from "./place.ts";
import { printable } from "./printable.ts";

/** Writes one finding a line, `net.mnet:3:9: warning: … [bias-before-bn]`, as compilers do. */
export function renderLine(diagnostics: readonly Diagnostic[], sources: ReadonlyMap<string, Source>): string {
  return diagnostics
    .map(({ code, severity, message, span }) => {
      const { file, line, column } = placeOf(span, sources);
      return `${printable(file)}:${line}:${column}: ${severity}: ${printable(message)} [${code}]\n`;
    })
    .join("");
}
