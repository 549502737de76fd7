import { compareTensors, type ErrorBound } from "../reference/compare.ts";
import type { Plan } from "../targets/webgpu/files/plan-schema.ts";
import type { BenchHost, FirstTime } from "./bench-host.ts";
import { type ContenderName, contenderNames } from "./contender-names.ts";
import type { Effort } from "./contenders.js";
import { timing, type Timing } from "./timing.ts";

/** The result of one contender. */
export type ContenderReport =
  | {
      readonly name: ContenderName;
      readonly status: "ran";
      /** Milliseconds from opening to the first output, in a process that has run nothing. */
      readonly first: number;
      readonly steady: Timing;
      /** The times of this contender over those of mnet: of the first run, and the median. */
      readonly ratio: { readonly first: number; readonly steady: number };
      /** The largest difference from the output of mnet, over the largest value. */
      readonly difference: number;
    }
  | { readonly name: ContenderName; readonly status: "skipped"; readonly reason: string };

/**
 * Returns how far the output of a contender may be from that of mnet. Times compare only programs that compute the same. Sums of
 * float32 in another order differ by less than 1e-3, and values of 16 bits between dispatches by less than 5e-2.
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
