const byteOrderMark = "\uFEFF";

/** Gives a text with `\n` for line ends the line ends and the byte-order mark of `original`, as prettier does for `endOfLine: "auto"`. */
export function withLineEndsOf(original: string, text: string): string {
  const carriageReturn = original.indexOf("\r");
  const lineEnd = carriageReturn === -1 ? "\n" : original.charAt(carriageReturn + 1) === "\n" ? "\r\n" : "\r";
  return (original.startsWith(byteOrderMark) ? byteOrderMark : "") + text.replaceAll("\n", lineEnd);
}
