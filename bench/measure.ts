import { timing, type Timing } from "../src/bench/timing.ts";

/** Runs each piece of work in turn, round after round, so that other work of the machine affects all of them. */
export function interleave(rounds: number, works: readonly (() => void)[]): readonly Timing[] {
  const times = works.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, work] of works.entries()) {
      const start = performance.now();
      work();
      times[index]?.push(performance.now() - start);
    }
  }
  return times.map(timing);
}
