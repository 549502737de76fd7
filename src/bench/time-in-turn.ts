import type { Outputs, Runner } from "../running/runner.ts";

/** How long times are taken. */
export interface Effort {
  /** About how long the rounds take. */
  readonly seconds: number;
  /** The fewest and the most rounds. */
  readonly fewest: number;
  readonly most: number;
}

/** What one runner computed, and the milliseconds of each round. */
export interface TurnTimes {
  readonly outputs: Outputs;
  readonly milliseconds: readonly number[];
}

/**
 * Runs every runner in turn, round after round, so that whatever else the machine does falls on all alike. Two rounds warm up and
 * are not counted.
 *
 * @param onRound is told of each round that is done; what it throws ends the rounds
 * @returns the times of each runner, in order
 */
export async function timeInTurn(
  runners: readonly Pick<Runner, "run">[],
  image: Float32Array,
  { seconds, fewest, most }: Effort,
  onRound?: (done: number, rounds: number) => void,
): Promise<readonly TurnTimes[]> {
  const times: { readonly run: Runner["run"]; readonly outputs: Outputs; readonly milliseconds: number[] }[] = [];
  for (const { run } of runners) times.push({ run, outputs: await run(image), milliseconds: [] });
  const start = performance.now();
  for (const { run } of times) await run(image);
  const rounds = Math.max(fewest, Math.min(most, Math.round((1000 * seconds) / (performance.now() - start))));
  for (let round = 0; round < rounds; round++) {
    for (const { run, milliseconds } of times) {
      const before = performance.now();
      await run(image);
      milliseconds.push(performance.now() - before);
    }
    onRound?.(round + 1, rounds);
  }
  return times.map(({ outputs, milliseconds }) => ({ outputs, milliseconds }));
}
