import { tokenize } from "../../../grammar/lexer.ts";
import * as t from "../../../grammar/tokens.ts";
import { createSource, type Source } from "../../text/source.ts";

/** The name that takes the place of the word being written. Nothing else has this name. */
export const CURSOR = "mnet_completion_cursor";

/** The word around the cursor, which a completion replaces. */
export interface CursorWord {
  readonly start: number;
  readonly end: number;
}

export type CursorPlace =
  | { readonly kind: "word"; readonly word: CursorWord }
  /** Inside the quotes of an import. */
  | { readonly kind: "import"; readonly word: CursorWord }
  /** After `in.` */
  | { readonly kind: "extent"; readonly word: CursorWord }
  /** In a comment, a string, or a number. */
  | { readonly kind: "nowhere" };

export function cursorPlace(source: Source, offset: number): CursorPlace {
  const { text } = source;
  const { tokens, comments } = tokenize(source);
  const inside = (start: number, end: number): boolean => start < offset && offset <= end;
  const inComment = [...comments, ...tokens.filter(({ tokenType }) => tokenType === t.Doc)].some(
    ({ startOffset, image }) => inside(startOffset, startOffset + image.length),
  );
  if (inComment) return { kind: "nowhere" };
  const strings = [t.StringToken, t.BadString, t.UnterminatedString];
  const index = tokens.findIndex(
    ({ tokenType, startOffset, image }) =>
      strings.includes(tokenType) &&
      startOffset < offset &&
      offset < startOffset + image.length + (closed(image) ? 0 : 1),
  );
  const string = tokens[index];
  if (string !== undefined) {
    const start = string.startOffset + 1;
    const end = string.startOffset + string.image.length - (closed(string.image) ? 1 : 0);
    return tokens[index - 1]?.tokenType === t.Import ? { kind: "import", word: { start, end } } : { kind: "nowhere" };
  }
  let start = offset;
  while (/[A-Za-z0-9_]/.test(text.charAt(start - 1))) start--;
  let end = offset;
  while (/[A-Za-z0-9_]/.test(text.charAt(end))) end++;
  if (/[0-9]/.test(text.charAt(start))) return { kind: "nowhere" };
  const word = { start, end };
  return /\bin\.$/.test(text.slice(Math.max(0, start - 4), start)) ? { kind: "extent", word } : { kind: "word", word };
}

function closed(image: string): boolean {
  return image.length > 1 && image.endsWith('"');
}

/**
 * Returns the text with the cursor's name in place of the word, in the two ways in which it may go on: as it stands, and as the
 * key of an attribute. An open row is closed.
 */
export function textsWithCursor({ name, text }: Source, { start, end }: CursorWord): readonly Source[] {
  const lineStart = Math.max(text.lastIndexOf("\n", start - 1), text.lastIndexOf("\r", start - 1)) + 1;
  const rest = /^[^\r\n]*/.exec(text.slice(end))?.[0] ?? "";
  const inRow = text.slice(lineStart, start).trimStart().startsWith("|");
  const close = inRow && !rest.includes("|") ? " |" : "";
  return ["", "=0"].map((more) =>
    createSource(name, `${text.slice(0, start)}${CURSOR}${more}${close}${text.slice(end)}`),
  );
}
