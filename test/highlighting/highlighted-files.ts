import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tokenize } from "../../grammar/lexer.ts";
import { Newline } from "../../grammar/tokens.ts";
import type { HighlightKind } from "../../generated/highlighting.ts";
import { createSource } from "../../src/text/source.ts";
import { kindsOf } from "./expected-kinds.ts";

const root = new URL("../../", import.meta.url).pathname;

/** Every spec, the block library, and the cases of broken text. */
export const mnetFiles: readonly string[] = ["specs", "grammar/library", "test/cases"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".mnet"))
    .map((name) => join(folder, name))
    .sort(),
);

export function textOf(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

/** A token as the lexer sees it, within its line. */
export interface LinePiece {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly image: string;
  readonly kinds: readonly HighlightKind[];
}

/** Tokens and comments by place. Lines are counted from 0, columns too. */
export function piecesOf(text: string): readonly LinePiece[] {
  const source = createSource("file.mnet", text);
  const { tokens, comments } = tokenize(source);
  return [...tokens, ...comments]
    .filter(({ tokenType }) => tokenType !== Newline)
    .map(({ startOffset, image, tokenType }) => {
      const line = source.lineStarts.findLastIndex((start) => start <= startOffset);
      const from = startOffset - (source.lineStarts[line] ?? 0);
      return { line, from, to: from + image.length, image, kinds: kindsOf(tokenType) };
    });
}

export function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/);
}
