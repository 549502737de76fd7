/**
 * Writes a count with its noun: "1 layer", "2 layers", "2 dispatches". Takes nouns whose plural ends in s or es.
 *
 * @param figure writes the number
 */
export function counted(count: number, noun: string, figure: (value: number) => string = String): string {
  const plural = /(?:s|x|ch|sh)$/.test(noun) ? "es" : "s";
  return `${figure(count)} ${noun}${count === 1 ? "" : plural}`;
}
