import { type Contender, timeSteady, type Effort } from "../../bench/contenders.js";
import type { Outputs } from "./describe-outputs.ts";

/** A network made ready in the page. */
export interface PageRunner {
  /** `mnet, WebGPU`. */
  readonly title: string;
  /** h x w x c as the network sees them, to the values of every output. */
  readonly run: (values: Float32Array) => Promise<Outputs>;
  readonly close: () => void;
}

/** A runner opened and run once. */
export interface FirstRun<R extends PageRunner> {
  readonly runner: R;
  readonly outputs: Outputs;
  /** Milliseconds until it was ready, and of its first run. */
  readonly opened: number;
  readonly first: number;
}

export async function firstRun<R extends PageRunner>(
  open: () => Promise<R>,
  values: Float32Array,
): Promise<FirstRun<R>> {
  const start = performance.now();
  const runner = await open();
  try {
    const ready = performance.now();
    const outputs = await runner.run(values);
    return { runner, outputs, opened: ready - start, first: performance.now() - ready };
  } catch (cause) {
    runner.close();
    throw cause;
  }
}

/** Long enough for a median, short enough to wait for. */
const EFFORT: Effort = { seconds: 1, fewest: 3, most: 100 };

/**
 * Times of runners in turn, round after round, as `mnet bench` takes them, and all outputs of each, one behind the other. What
 * `onRound` throws ends it.
 */
export async function timeRunners(
  runners: readonly PageRunner[],
  values: Float32Array,
  onRound: (done: number, rounds: number) => void,
) {
  const opens = runners.map(({ run }) => (): Promise<Contender> => {
    return Promise.resolve({ run: async (image) => joinOutputs(await run(image)), close: () => undefined });
  });
  const times = await timeSteady(opens, values, EFFORT, onRound);
  return runners.map(({ title }, index) => {
    const { output = new Float32Array(), milliseconds = [] } = times[index] ?? {};
    return { title, output, milliseconds };
  });
}

/** All outputs behind each other; one alone is not copied. */
function joinOutputs(outputs: Outputs): Float32Array {
  const parts = Object.values(outputs);
  const [only, ...others] = parts;
  if (only !== undefined && others.length === 0) return only;
  const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
