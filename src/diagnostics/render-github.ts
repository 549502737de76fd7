import type { Source } from "../text/source.ts";
import type { Diagnostic, Severity } from "./diagnostic.ts";
import { placeOf } from "./place.ts";
import { printable } from "./printable.ts";

const commandOf = { error: "error", warning: "warning", info: "notice" } as const satisfies Record<Severity, string>;

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/**
 * Writes findings as workflow commands, which GitHub shows beside the lines of a change.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 *
 * @param diagnostics the findings, in the order in which they are shown.
 * @param sources the files that spans point into, by name.
 * @returns one command a line.
 */
export function renderGithub(diagnostics: readonly Diagnostic[], sources: ReadonlyMap<string, Source>): string {
  return diagnostics
    .map(({ code, severity, message, hint, span }) => {
      const { file, line, column, endLine, endColumn } = placeOf(span, sources);
      const properties = {
        file: printable(file),
        line,
        endLine,
        // GitHub refuses columns for a range over several lines.
        ...(endLine === line ? { col: column, endColumn } : {}),
        title: code,
      };
      const shown = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
      const text = hint === null ? printable(message) : `${printable(message)}\n${printable(hint)}`;
      return `::${commandOf[severity]} ${shown.join(",")}::${escapeData(text)}\n`;
    })
    .join("");
}
