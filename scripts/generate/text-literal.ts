/** A string as lines, so that a change of the text is a change of the same lines where it is generated. */
export function textLiteral(text: string): string {
  const lines = text.split("\n").map((line) => `${JSON.stringify(line)},`);
  return `[${lines.join("\n")}].join("\\n")`;
}
