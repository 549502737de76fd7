/**
 * Cuts a line of `count` places into ways that each take a place and some after it, so that their costs add up to the least.
 * The best way on from each place follows from those on from the places after it (dynamic programming, from the end).
 * @param waysAt ways that begin at a place; of those that cost the same the earlier is taken
 * @returns the ways in order, one after the other
 */
export function cheapestCut<Way extends { readonly length: number }>(
  count: number,
  waysAt: (at: number) => readonly Way[],
  costOf: (way: Way) => number,
): readonly Way[] {
  const costs = new Array<number>(count + 1).fill(0);
  const taken: (Way | null)[] = [];
  for (let at = count - 1; at >= 0; at--) {
    costs[at] = Infinity;
    taken[at] = null;
    for (const way of waysAt(at)) {
      const total = costOf(way) + (costs[at + way.length] ?? Infinity);
      if (total >= (costs[at] ?? 0)) continue;
      costs[at] = total;
      taken[at] = way;
    }
  }
  const cut: Way[] = [];
  for (let at = 0; at < count;) {
    const way = taken[at] ?? null;
    if (way === null) throw new Error(`internal: place ${at} is in no way`);
    cut.push(way);
    at += way.length;
  }
  return cut;
}
