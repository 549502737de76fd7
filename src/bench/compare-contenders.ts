import { compareTensors, type ErrorBound } from "../reference/compare.ts";
import type { Plan } from "../targets/webgpu/files/plan-schema.ts";
import type { BenchHost, FirstTime } from "./bench-host.ts";
import { type ContenderName, contenderNames } from "./contender-names.ts";
import type { Effort } from "./contenders.js";
import { timing, type Timing } from "./timing.ts";

/** How one contender did. */
export type ContenderReport =
  | {
      readonly name: ContenderName;
      readonly status: "ran";
      /** Milliseconds from opening to the first output, in a process that has run nothing. */
      readonly first: number;
      readonly steady: Timing;
      /** This contender's times over mnet's, first run and median. */
      readonly ratio: { readonly first: number; readonly steady: number };
      /** Largest difference from mnet's output, over the largest value. */
      readonly difference: number;
    }
  | { readonly name: ContenderName; readonly status: "skipped"; readonly reason: string };

/**
 * How far a contender's output may be from mnet's: which is faster is of interest only where all compute the same. Float32 in other
 * orders differs by less than the first; values of 16 bits between dispatches by less than the second.
 */
export function toleranceOf({ requires }: Plan): ErrorBound {
  return { relative: requires.features.includes("shader-f16") ? 5e-2 : 1e-3, absolute: 1e-6 };
}

/**
 * Times of every contender that can run on a host: a first run each, in turn, then all of them round after round. Throws where
 * two of them compute different things.
 */
export async function compareContenders(
  host: BenchHost,
  effort: Effort,
  onStep: (text: string) => void,
  tolerance: ErrorBound,
): Promise<readonly ContenderReport[]> {
  const names = contenderNames.filter((name) => host.lacks(name) === null);
  const firsts: FirstTime[] = [];
  for (const name of names) {
    onStep(`first run of ${name}`);
    firsts.push(await host.first(name));
  }
  onStep(`${names.join(", ")} in turn`);
  const steadies = await host.steady(names, effort);
  const [reference] = steadies;
  const times = steadies.map(({ milliseconds }) => timing(milliseconds));
  return contenderNames.map((name): ContenderReport => {
    const reason = host.lacks(name);
    if (reason !== null) return { name, status: "skipped", reason };
    const index = names.indexOf(name);
    const [first, steady, own] = [firsts[index], times[index], steadies[index]];
    const [firstOfAll, best] = [firsts[0], times[0]];
    if (!first || !steady || !own || !firstOfAll || !best || !reference) {
      throw new Error(`internal: ${name} has no times`);
    }
    for (const output of [own.output, first.output]) {
      const { agrees, reason: why } = compareTensors(reference.output, output, tolerance);
      if (!agrees) throw new Error(`mnet and ${name} compute different things: ${why ?? ""}`);
    }
    return {
      name,
      status: "ran",
      first: first.milliseconds,
      steady,
      ratio: { first: first.milliseconds / firstOfAll.milliseconds, steady: steady.median / best.median },
      difference: compareTensors(reference.output, own.output, tolerance).relativeError,
    };
  });
}
