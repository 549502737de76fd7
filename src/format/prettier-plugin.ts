import type { Parser, Printer, SupportLanguage } from "prettier";
import { builders } from "prettier/doc";
import { createSource, positionAt, type Source } from "../text/source.ts";
import { formatSource } from "./format-source.ts";

/*
 * The formatter as a plugin of prettier, published as `mnet/prettier`. A spec has one form. Of prettier's options only `endOfLine` changes
 * it, so a project's `printWidth` cannot make an editor and `mnet fmt` disagree.
 */

/** The formatted text of a whole file. It is the only node of prettier's tree. */
interface FormattedFile {
  readonly kind: "formatted-file";
  readonly text: string;
  readonly length: number;
}

/** An error that prettier shows with a frame of the source. */
class MnetSyntaxError extends SyntaxError {
  readonly loc: Readonly<Record<"start" | "end", { readonly line: number; readonly column: number }>>;

  constructor(message: string, source: Source, start: number, end: number) {
    super(message);
    this.loc = { start: positionAt(source, start), end: positionAt(source, Math.max(end, start + 1)) };
  }
}

function parse(text: string): FormattedFile {
  const source = createSource("spec.mnet", text);
  const { value, diagnostics } = formatSource(source);
  if (value !== null) return { kind: "formatted-file", text: value, length: text.length };
  const [first] = diagnostics;
  if (first === undefined) throw new Error("internal: nothing was formatted and nothing found");
  const hint = first.hint === null ? "" : ` ${first.hint}`;
  throw new MnetSyntaxError(`${first.message}${hint}`, source, first.span.start, first.span.end);
}

export const languages: SupportLanguage[] = [
  { name: "mnet", parsers: ["mnet"], extensions: [".mnet"], vscodeLanguageIds: ["mnet"] },
];

export const parsers: Readonly<Record<"mnet", Parser<FormattedFile>>> = {
  mnet: { parse, astFormat: "mnet", locStart: () => 0, locEnd: ({ length }) => length },
};

export const printers: Readonly<Record<"mnet", Printer<FormattedFile>>> = {
  mnet: {
    print: ({ node }) => builders.join(builders.hardline, node.text.split("\n")),
    getVisitorKeys: () => [],
  },
};

/** A file keeps its line ends. */
export const defaultOptions = { endOfLine: "auto" } as const;
