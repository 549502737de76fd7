/** An index in each of two sequences at which the items are equal. */
export type Pairing = readonly (readonly [a: number, b: number])[];

/** The most cells of the table for which the longest common subsequence is found exactly. */
const mostCells = 16_000_000;

/**
 * Returns a common subsequence of two lists of keys, as ascending pairs of indices. It is the longest one, unless the
 * search for it would take seconds because the lists are long and very different. Then it is the one that takes each
 * match as soon as it occurs.
 */
export function alignSequences(a: readonly string[], b: readonly string[]): Pairing {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const middleA = a.slice(start, a.length - end);
  const middleB = b.slice(start, b.length - end);
  const middle = middleA.length * middleB.length <= mostCells ? longest(middleA, middleB) : greedy(middleA, middleB);
  return [
    ...Array.from({ length: start }, (_, i) => [i, i] as const),
    ...middle.map(([i, j]) => [i + start, j + start] as const),
    ...Array.from({ length: end }, (_, i) => [a.length - end + i, b.length - end + i] as const),
  ];
}

/** Uses the usual table of lengths, filled from the ends of the lists. */
function longest(a: readonly string[], b: readonly string[]): Pairing {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

function greedy(a: readonly string[], b: readonly string[]): Pairing {
  const places = new Map<string, number[]>();
  for (const [j, key] of b.entries()) {
    const list = places.get(key);
    if (list === undefined) places.set(key, [j]);
    else list.push(j);
  }
  for (const list of places.values()) list.reverse();
  const pairs: [number, number][] = [];
  let next = 0;
  for (const [i, key] of a.entries()) {
    const list = places.get(key) ?? [];
    while ((list.at(-1) ?? next) < next) list.pop();
    const j = list.pop();
    if (j === undefined) continue;
    pairs.push([i, j]);
    next = j + 1;
  }
  return pairs;
}
