/**
 * Returns a count with its noun: "1 layer", "2 layers", "2 dispatches". The plural of the noun must end in s or es.
 *
 * @param figure formats the number
 */
export function counted(count: number, noun: string, figure: (value: number) => string = String): string {
  const plural = /(?:s|x|ch|sh)$/.test(noun) ? "es" : "s";
  return `${figure(count)} ${noun}${count === 1 ? "" : plural}`;
}
