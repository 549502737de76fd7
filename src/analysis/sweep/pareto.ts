/** A cost and the gain for it. */
export interface Tradeoff {
  readonly cost: number;
  readonly gain: number;
}

/**
 * Returns the points that no other point beats. One point beats another if it costs less and gains as much, or costs
 * as much and gains more. Equal points are all on the front. A point with a NaN is on no front.
 *
 * @param points the cost and gain of each point.
 * @returns indices of the points on the front, by rising cost.
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
