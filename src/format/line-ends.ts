const byteOrderMark = "\uFEFF";

/** Text with `\n` for line ends, with those of `original` and its byte-order mark instead: as prettier does at `endOfLine: "auto"`. */
export function withLineEndsOf(original: string, text: string): string {
  const carriageReturn = original.indexOf("\r");
  const lineEnd = carriageReturn === -1 ? "\n" : original.charAt(carriageReturn + 1) === "\n" ? "\r\n" : "\r";
  return (original.startsWith(byteOrderMark) ? byteOrderMark : "") + text.replaceAll("\n", lineEnd);
}
