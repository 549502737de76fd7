import type { KernelProgram } from "../wgsl/kernel-program.ts";
import type { DeviceFacts } from "./device-class.ts";

/** What the estimate reads of a program. All of it is known before the text is written. */
export type Demand = Pick<KernelProgram, "cost" | "workgroups" | "workgroupSize">;

/** What a dispatch waits for. */
export type Bound = "launch" | "bytes" | "traffic" | "macs" | "loads";

export interface Estimate {
  /** Seconds of one dispatch, its launch included. */
  readonly seconds: number;
  /** The part that takes longest. */
  readonly bound: Bound;
  /** Share of the device that has work, 0 to 1. */
  readonly busy: number;
}

/** An eighth of the cores can draw all that memory gives, a quarter all that the shared cache gives. */
const SATURATE_MEMORY = 8;
const SATURATE_CACHE = 4;

const product = (counts: readonly number[]) => counts.reduce((all, count) => all * count, 1);

/**
 * Estimates a dispatch by the roofline model: it takes its launch, and then as long as the slowest of memory, arithmetic and
 * caches. Arithmetic and caches are as fast as the cores are filled, with whole workgroups and enough invocations in each. Memory
 * slows down only where very few cores have work.
 */
export function estimate({ cost, workgroups, workgroupSize }: Demand, facts: DeviceFacts): Estimate {
  const groups = product(workgroups);
  const perCore = Math.ceil(groups / facts.cores);
  const spread = groups / (perCore * facts.cores);
  const busy = spread * Math.min(1, (perCore * product(workgroupSize)) / facts.invocations);
  const parts: readonly (readonly [Bound, number])[] = [
    ["bytes", cost.bytes / (facts.bytes * Math.min(1, SATURATE_MEMORY * spread))],
    ["traffic", cost.traffic / (facts.traffic * Math.min(1, SATURATE_CACHE * spread))],
    ["macs", cost.macs / (facts.macs * busy)],
    ["loads", cost.loads / (facts.loads * busy)],
  ];
  const [work, longest] = parts.reduce((most, part) => (part[1] > most[1] ? part : most));
  return { seconds: facts.launch + longest, bound: longest > facts.launch ? work : "launch", busy };
}
