import type { Outputs, Runner } from "../running/runner.ts";

/** A runner that was opened and run once. Times are in milliseconds. */
export interface FirstRun<R extends Runner> {
  readonly runner: R;
  readonly outputs: Outputs;
  /** The time until it was ready. */
  readonly opened: number;
  /** The time of its first run. */
  readonly first: number;
}

/** Opens a runner and runs it once. Closes it where the run fails. */
export async function firstRun<R extends Runner>(open: () => Promise<R>, image: Float32Array): Promise<FirstRun<R>> {
  const start = performance.now();
  const runner = await open();
  try {
    const ready = performance.now();
    const outputs = await runner.run(image);
    return { runner, outputs, opened: ready - start, first: performance.now() - ready };
  } catch (cause) {
    runner.close();
    throw cause;
  }
}
