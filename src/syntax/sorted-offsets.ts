/** Returns the index of the last entry of an ascending list that is at most `value`, or -1 if there is none. */
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

/** Returns the number of entries of an ascending list that are in [start, end]. */
export function countSorted(sorted: readonly number[], start: number, end: number): number {
  return lastAtOrBelow(sorted, end) - lastAtOrBelow(sorted, start - 1);
}
