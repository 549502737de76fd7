/**
 * The border between a spec's text and emitted code. What a user wrote reaches a generated file through one of these
 * functions or not at all.
 */

/** Control and format characters and line ends: what ends a line, or hides or reorders what a reader sees. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** A double-quoted literal that JavaScript, TypeScript and JSON read as `text`. */
export function stringLiteral(text: string): string {
  return JSON.stringify(text).replace(UNPRINTABLE, unicodeEscapes);
}

/** `text` as it stands between the backticks of a template literal. */
export function templateText(text: string): string {
  return stringLiteral(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("`", "\\`").replaceAll("${", "\\${");
}

/** `text` on one line that cannot end the comment it stands in, be it of slashes or of stars. */
export function commentText(text: string): string {
  return text
    .replace(UNPRINTABLE, " ")
    .replace(/(?<=\*)(?=\/)|(?<=\/)(?=\*)/g, " ")
    .replace(/\\+$/, "")
    .trim();
}

/** The lines of a longer text, each fit for a comment. */
export function commentLines(text: string): readonly string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/).map(commentText);
}

/**
 * An identifier for emitted code: `preferred` where it is one, is not `reserved` and not `taken`, else with a number
 * behind it, else `fallback`. The result is added to `taken`.
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

/** Names of the language are at most 64 long; what is made of two of them is longer. */
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]{0,159}$/;

function unicodeEscapes(run: string): string {
  const units = Array.from({ length: run.length }, (_unused, i) => run.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}

/** Words that may not name a binding in a strict-mode module, and names that mean something on every object. */
export const javascriptReserved: ReadonlySet<string> = new Set(
  [
    "break case catch class const continue debugger default delete do else enum export extends false finally for",
    "function if import in instanceof new null return super switch this throw true try typeof var void while with",
    "yield let static await implements interface package private protected public arguments eval async of get set",
    "undefined NaN Infinity globalThis __proto__ constructor prototype",
    "any unknown never object string number boolean symbol bigint type declare namespace module abstract as",
  ].flatMap((line) => line.split(" ")),
);
