/** Writes a string as lines, so that a change to the text changes the same lines of the generated file. */
export function textLiteral(text: string): string {
  const lines = text.split("\n").map((line) => `${JSON.stringify(line)},`);
  return `[${lines.join("\n")}].join("\\n")`;
}
