/**
 * Returns a string literal with one line for each line of the text, so that a diff of the generated file shows the
 * changed lines.
 */
export function textLiteral(text: string): string {
  const lines = text.split("\n").map((line) => `${JSON.stringify(line)},`);
  return `[${lines.join("\n")}].join("\\n")`;
}
