const longest = 40;

/** User text inside a message: in quotes, on one line, and not longer than a line can bear. */
export function quote(text: string): string {
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return `"${shown.replace(/[\p{Cc}\u2028\u2029]/gu, "�")}"`;
}
