import { printer } from "prettier/doc";
import { tokenize } from "../../grammar/lexer.ts";
import { limits } from "../../grammar/limits.ts";
import { error, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.ts";
import { parseFile } from "../syntax/parse.ts";
import { createSource, type Source } from "../text/source.ts";
import { indentWidth, lineWidth, printEntries } from "./print-body.ts";
import { readLayout } from "./read-layout.ts";

/**
 * Formats a file: returns it in its one canonical form, with `\n` as line ends and without a byte-order mark.
 *
 * @param source the file.
 * @returns the text; null, with diagnostics, where the file has syntax errors or the text would be larger than a file may be.
 */
export function formatSource(source: Source): Outcome<string> {
  const { diagnostics } = parseFile(source);
  if (diagnostics.length > 0) return { value: null, diagnostics };
  const doc = printEntries(readLayout(source).entries, 0);
  const { formatted } = printer.printDocToString(doc, { printWidth: lineWidth, tabWidth: indentWidth, useTabs: false });
  const value = `${formatted}\n`;
  const tooLarge = tokenize(createSource(source.name, value)).refused;
  return tooLarge ? { value: null, diagnostics: [tooLargeFormatted(source)] } : { value, diagnostics: [] };
}

function tooLargeFormatted(source: Source): Diagnostic {
  return error(
    "format/too-large",
    { file: source.name, start: 0, end: 0 },
    `After formatting, the file would exceed the ${limits.fileBytes} bytes and ${limits.tokens} tokens that a file may have.`,
    { hint: "Move blocks to another file and import it." },
  );
}
