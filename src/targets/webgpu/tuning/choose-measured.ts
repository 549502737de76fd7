import { cheapestCut } from "../fusion/cheapest-cut.ts";

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
 * Chooses among measured ways to compute `steps` steps in order: those that leave the fewest steps open, and of these the ones
 * that take least. Of ways that take the same the earlier in `ways` is chosen.
 */
export function chooseMeasured<Way extends MeasuredWay>(steps: number, ways: readonly Way[]): readonly Way[] {
  const open = { length: 1, microseconds: OPEN, way: null };
  const waysAt = (at: number) => [
    open,
    ...ways
      .filter(({ step }) => step === at)
      .map((way) => ({ length: way.length, microseconds: way.microseconds, way })),
  ];
  return cheapestCut<{ length: number; microseconds: number; way: Way | null }>(
    steps,
    waysAt,
    ({ microseconds }) => microseconds,
  ).flatMap(({ way }) => way ?? []);
}
