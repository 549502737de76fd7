import { programOf, writeInput } from "../gpu/model-program.ts";
import type { Model } from "../targets/webgpu/runtime/model.js";
import { LONG_ENOUGH, MOST_REPEATS, passClock, type ReadyDispatch } from "./pass-clock.ts";

/** The time of one dispatch. */
export interface DispatchTime {
  readonly nanoseconds: number;
  /** How often it ran between two time stamps. */
  readonly repeats: number;
}

/**
 * Times each dispatch of a model alone, in a pass of its own.
 *
 * @param model a model on a device with "timestamp-query"
 * @param onDispatch is told how many dispatches are timed; what it throws ends the timing
 */
export async function profileDispatches(
  model: Model,
  image: Float32Array,
  onDispatch?: (done: number) => void,
): Promise<readonly DispatchTime[]> {
  await model.run(image);
  const program = programOf(model);
  writeInput(program, image);
  const clock = passClock(program.device);
  /** Subtracts a pass from one with twice the repeats, which cancels the cost of the pass itself. */
  const difference = async (dispatch: ReadyDispatch, repeats: number, tries: number): Promise<number> => {
    let once = Infinity;
    let twice = Infinity;
    for (let i = 0; i < tries; i++) {
      once = Math.min(once, await clock.time(dispatch, repeats));
      twice = Math.min(twice, await clock.time(dispatch, 2 * repeats));
    }
    return twice - once;
  };
  const profile: DispatchTime[] = [];
  try {
    for (const dispatch of program.dispatches) {
      let repeats = 1;
      while ((await difference(dispatch, repeats, 1)) < LONG_ENOUGH && repeats < MOST_REPEATS) repeats *= 4;
      const total = await difference(dispatch, repeats, 3);
      profile.push({ nanoseconds: Math.max(0, total) / repeats, repeats });
      onDispatch?.(profile.length);
    }
  } finally {
    clock.destroy();
  }
  return profile;
}
