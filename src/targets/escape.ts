/**
 * Escapes a user's text for emitted code. All text of a spec that goes into a generated file passes through one of
 * these functions.
 */

/**
 * Matches control characters, format characters and line ends. These can end a line, and can hide or reorder visible
 * text.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** Returns `text` as a double-quoted literal, valid in JavaScript, TypeScript and JSON. */
export function stringLiteral(text: string): string {
  return JSON.stringify(text).replace(UNPRINTABLE, unicodeEscapes);
}

/** Returns `text` escaped for a template literal, without the backticks. */
export function templateText(text: string): string {
  return stringLiteral(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("`", "\\`").replaceAll("${", "\\${");
}

/** Returns `text` as one line that is safe inside a `//` comment and inside a block comment. */
export function commentText(text: string): string {
  return text
    .replace(UNPRINTABLE, " ")
    .replace(/(?<=\*)(?=\/)|(?<=\/)(?=\*)/g, " ")
    .replace(/\\+$/, "")
    .trim();
}

/** Splits a text into lines and makes each of them safe inside a comment. */
export function commentLines(text: string): readonly string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/).map(commentText);
}

/**
 * Returns an identifier for emitted code and adds it to `taken`. This is `preferred`, or `fallback` if `preferred` is
 * not an identifier. A number is appended if the name is in `reserved` or `taken`.
 */
export function claimIdentifier(
  preferred: string,
  fallback: string,
  taken: Set<string>,
  reserved: ReadonlySet<string> = javascriptReserved,
): string {
  const stem = IDENTIFIER.test(preferred) && !reserved.has(preferred) ? preferred : fallback;
  let name = stem;
  for (let suffix = 2; taken.has(name) || reserved.has(name); suffix++) name = `${stem}${suffix}`;
  taken.add(name);
  return name;
}

/** A name in a spec has at most 64 characters. An identifier made of two such names may be longer. */
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]{0,159}$/;

function unicodeEscapes(run: string): string {
  const units = Array.from({ length: run.length }, (_unused, i) => run.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}

/** Words that cannot name a variable in a strict-mode module, and names that every object already has. */
export const javascriptReserved: ReadonlySet<string> = new Set(
  [
    "break case catch class const continue debugger default delete do else enum export extends false finally for",
    "function if import in instanceof new null return super switch this throw true try typeof var void while with",
    "yield let static await implements interface package private protected public arguments eval async of get set",
    "undefined NaN Infinity globalThis __proto__ constructor prototype",
    "any unknown never object string number boolean symbol bigint type declare namespace module abstract as",
  ].flatMap((line) => line.split(" ")),
);
