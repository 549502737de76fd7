const byteOrderMark = "\uFEFF";

/**
 * Gives a text the line ends and the byte-order mark of another one, as prettier does with `endOfLine: "auto"`.
 *
 * @param original the text that has the line ends to use.
 * @param text the text to change; its line ends are `\n`.
 * @returns the text with those line ends.
 */
export function withLineEndsOf(original: string, text: string): string {
  const carriageReturn = original.indexOf("\r");
  const lineEnd = carriageReturn === -1 ? "\n" : original.charAt(carriageReturn + 1) === "\n" ? "\r\n" : "\r";
  return (original.startsWith(byteOrderMark) ? byteOrderMark : "") + text.replaceAll("\n", lineEnd);
}
