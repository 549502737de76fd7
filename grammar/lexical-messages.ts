import type { IToken } from "chevrotain";
import { error, type Diagnostic } from "../src/diagnostics/diagnostic.ts";
import type { Source } from "../src/text/source.ts";
import { limits } from "./limits.ts";
import { quote } from "./quote.ts";

/* The messages of the lexer. Each function reports one fault. */

export function fileTooLarge(source: Source, bytes: number): Diagnostic {
  return error(
    "syntax/file-too-large",
    { file: source.name, start: 0, end: 0 },
    `The file has ${String(bytes)} bytes, but at most ${String(limits.fileBytes)} (1 MiB) are allowed.`,
    { hint: "Split it, and import the blocks." },
  );
}

export function tooManyTokens(source: Source, count: number, offset: number): Diagnostic {
  return error(
    "syntax/file-too-large",
    { file: source.name, start: offset, end: offset },
    `The file has ${String(count)} tokens, but at most ${String(limits.tokens)} are allowed.`,
    { hint: "Split it, and import the blocks." },
  );
}

export function nameTooLong(source: Source, token: IToken): Diagnostic {
  return error(
    "syntax/name-too-long",
    spanOf(source, token),
    `The name "${token.image.slice(0, 20)}…" has ${String(token.image.length)} characters, but at most ${String(limits.nameLength)} are allowed.`,
    { hint: "Shorten the name." },
  );
}

export function badNumber(source: Source, token: IToken): Diagnostic {
  return error("syntax/bad-number", spanOf(source, token), `${quote(token.image)} is not a number.`, {
    hint: badNumberHint(token.image),
  });
}

function badNumberHint(image: string): string {
  const suffix = /^([0-9]+(?:\.[0-9]+)?)([kmg])$/.exec(image);
  if (suffix) return `Write the suffix as a capital: ${suffix[1] ?? ""}${(suffix[2] ?? "").toUpperCase()}.`;
  if (/^\.[0-9]+$/.test(image)) return `Write a digit before the point: 0${image}.`;
  if (/^[0-9]+\.$/.test(image)) return `Write a digit after the point: ${image}0.`;
  const dims = /^([0-9]+(?:x[0-9]+)*)x([A-Za-z_][A-Za-z0-9_]*)$/.exec(image);
  if (dims)
    return `Write sizes that are computed as a list: [${(dims[1] ?? "").replaceAll("x", ", ")}, ${dims[2] ?? ""}].`;
  if (/^[0-9]+[xX][0-9]+/.test(image)) return "Write dims as whole numbers joined by a small x, such as 3x3.";
  return "Write a number such as 32, 0.75, 1e-3 or 3.6M, with a blank or a sign after it.";
}

export function numberTooLarge(source: Source, token: IToken): Diagnostic {
  return error(
    "syntax/bad-number",
    spanOf(source, token),
    `${quote(token.image)} is larger than any number here can be.`,
    {
      hint: "Write a number below 1.7e308.",
    },
  );
}

export function badString(source: Source, token: IToken): Diagnostic {
  const escape = /\\(?!["\\/bfnrt]|u[0-9A-Fa-f]{4})./.exec(token.image.replaceAll("\\\\", "  "));
  const fault = escape
    ? `The string has the escape ${quote(escape[0])}, which JSON does not know.`
    : "The string has a control character in it.";
  const hint = escape
    ? 'Write \\\\ for a backslash; the escapes are \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hex digits.'
    : "Write it as an escape, such as \\t or \\u0000.";
  return error("syntax/bad-string", spanOf(source, token), fault, { hint });
}

export function unterminatedString(source: Source, token: IToken): Diagnostic {
  return error("syntax/unterminated-string", spanOf(source, token), "The string does not end on its line.", {
    hint: 'Write the closing ".',
  });
}

const characterHints: Readonly<Record<string, string>> = {
  "'": 'Write strings in double quotes: "…".',
  "“": 'Write strings in straight quotes: "…".',
  "”": 'Write strings in straight quotes: "…".',
  ";": "Delete it: a statement ends with its line.",
  "#": "Write comments after //.",
  "&": 'Write "and".',
  "!": 'Write "not", or != for unequal.',
  "×": "Write dims with the letter x, such as 3x3.",
  "–": "Write the minus sign -.",
  "−": "Write the minus sign -.",
  "\u00a0": "Write an ordinary blank.",
};

export function badCharacters(source: Source, offset: number, length: number): Diagnostic {
  const first = String.fromCodePoint(source.text.codePointAt(offset) ?? 0);
  const hint =
    characterHints[first] ?? (/\p{L}/u.test(first) ? "Names are made of A-Z, a-z, 0-9 and _." : "Delete it.");
  return error(
    "syntax/bad-character",
    { file: source.name, start: offset, end: offset + length },
    `${describeCharacter(first)} has no meaning here.`,
    { hint },
  );
}

function describeCharacter(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const visible = /[^\p{C}\p{Z}]/u.test(character);
  return visible ? `The character "${character}"` : `The character U+${code}`;
}

export function spanOf(source: Source, token: IToken): Diagnostic["span"] {
  return { file: source.name, start: token.startOffset, end: token.startOffset + token.image.length };
}
