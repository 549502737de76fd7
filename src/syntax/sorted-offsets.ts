/** Returns the index of the last entry of an ascending list that is not above `value`; -1 if all are. */
export function lastAtOrBelow(sorted: readonly number[], value: number): number {
  let low = -1;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? Infinity) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Returns how many entries of an ascending list lie in [start, end]. */
export function countSorted(sorted: readonly number[], start: number, end: number): number {
  return lastAtOrBelow(sorted, end) - lastAtOrBelow(sorted, start - 1);
}
