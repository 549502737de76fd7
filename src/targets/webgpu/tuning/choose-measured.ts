/** What one way to compute steps `step` up to `step + length` took. */
export interface MeasuredWay {
  readonly step: number;
  readonly length: number;
  /** Of one dispatch. */
  readonly microseconds: number;
}

/** Microseconds, more than any network takes: a step that nothing measured computes is the last resort. */
const OPEN = 1e9;

/**
 * Of all ways to cut `steps` steps into measured ones, in order, that which leaves the fewest steps open and of those takes
 * least; of equals the earlier in `ways`.
 */
export function chooseMeasured<Way extends MeasuredWay>(steps: number, ways: readonly Way[]): readonly Way[] {
  const cost = new Array<number>(steps + 1).fill(0);
  const taken: (Way | null)[] = [];
  for (let at = steps - 1; at >= 0; at--) {
    cost[at] = OPEN + (cost[at + 1] ?? 0);
    taken[at] = null;
    for (const way of ways) {
      const total = way.microseconds + (cost[at + way.length] ?? Infinity);
      if (way.step !== at || total >= (cost[at] ?? 0)) continue;
      cost[at] = total;
      taken[at] = way;
    }
  }
  const chosen: Way[] = [];
  for (let at = 0; at < steps;) {
    const way = taken[at] ?? null;
    if (way !== null) chosen.push(way);
    at += way?.length ?? 1;
  }
  return chosen;
}
