/**
 * Characters that a terminal obeys, or that hide or reorder text: control characters (C0, DEL, C1), line and paragraph separators,
 * bidirectional overrides ("Trojan Source", Boucher and Anderson 2021), zero-width characters and lone surrogates.
 */
// eslint-disable-next-line no-control-regex -- finding control characters is the purpose
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu;

function codeUnitEscape(text: string): string {
  return `\\u${(text.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
}

/** Returns text of one line that is safe to print: a character that a terminal would obey is shown as `\u001b`. */
export function printable(text: string): string {
  return text.replace(unprintable, codeUnitEscape);
}

/** Returns JSON that is safe to print. `JSON.stringify` alone leaves C1 controls and bidirectional overrides as they are. */
export function printableJson(value: unknown): string {
  // Outside of strings JSON has no such characters but its own line breaks. Inside of strings a `\u` escape means the same.
  return JSON.stringify(value, null, 2).replace(unprintable, (text) => (text === "\n" ? text : codeUnitEscape(text)));
}
