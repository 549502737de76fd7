/** Compares names for sorting: numbers in them by value, all other text alphabetically. */
export function compareNatural(a: string, b: string): number {
  const [left, right] = [a, b].map((name) => name.split(/(\d+)/));
  for (let i = 0; i < Math.min(left!.length, right!.length); i++) {
    const [x = "", y = ""] = [left![i], right![i]];
    if (x === y) continue;
    // Every second piece is a number.
    if (i % 2 === 1 && Number(x) !== Number(y)) return Number(x) - Number(y);
    return x < y ? -1 : 1;
  }
  return left!.length - right!.length;
}
