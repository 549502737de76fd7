/** Something to pay and something to get for it. */
export interface Tradeoff {
  readonly cost: number;
  readonly gain: number;
}

/**
 * Indices of the points that no other beats: none costs less and gains as much, none costs as much and gains more. By
 * rising cost; equal points are all on the front. Points with a NaN are on no front.
 */
export function paretoFront(points: readonly Tradeoff[]): readonly number[] {
  const order = points
    .map((point, index) => ({ ...point, index }))
    .filter(({ cost, gain }) => !Number.isNaN(cost) && !Number.isNaN(gain))
    .sort((a, b) => a.cost - b.cost || b.gain - a.gain || a.index - b.index);
  const front: typeof order = [];
  for (const point of order) {
    const last = front.at(-1);
    const same = last?.cost === point.cost && last.gain === point.gain;
    if (last === undefined || same || point.gain > last.gain) front.push(point);
  }
  return front.map(({ index }) => index);
}
