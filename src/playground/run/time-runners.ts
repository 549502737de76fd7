import { type Effort, timeInTurn } from "../../bench/time-in-turn.ts";
import type { Outputs, Runner } from "../../running/runner.ts";
import type { TimedRun } from "./compare-runs.ts";

/** The duration and the rounds of a timing: enough for a median, and short enough for the reader to wait. */
const EFFORT: Effort = { seconds: 1, fewest: 3, most: 100 };

/**
 * Runs each runner once in every round, as `mnet bench` does.
 *
 * @param onRound called after each round. An error that it throws ends the rounds.
 * @returns the times of each runner, and its outputs concatenated
 */
export async function timeRunners(
  runners: readonly Pick<Runner, "title" | "run">[],
  image: Float32Array,
  onRound: (done: number, rounds: number) => void,
): Promise<readonly TimedRun[]> {
  const times = await timeInTurn(runners, image, EFFORT, onRound);
  return runners.map(({ title }, index) => {
    const { outputs = new Map<string, Float32Array>(), milliseconds = [] } = times[index] ?? {};
    return { title, output: joinOutputs(outputs), milliseconds };
  });
}

/** Concatenates all outputs. */
function joinOutputs(outputs: Outputs): Float32Array {
  const parts = [...outputs.values()];
  const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
