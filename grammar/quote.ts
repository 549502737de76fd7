const longest = 40;

/** Returns the user's text in quotes for a message, on one line and cut after 40 characters. */
export function quote(text: string): string {
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return `"${shown.replace(/[\p{Cc}\u2028\u2029]/gu, "�")}"`;
}
