import type { NodeDevice } from "../gpu/node-device.ts";
import type { ShapedGraph } from "../ir/graph.ts";
import { type TuningTarget, makeRecord, variantsToTry, type Variant } from "../targets/webgpu/tuning.ts";
import type { TuningRecord } from "../targets/webgpu/files/tuning-record.ts";
import { timePrograms } from "./time-programs.ts";

/** The record of a tuning, and how many programs were timed for it. */
export interface Tuning {
  readonly record: TuningRecord;
  /** How many distinct programs there are, with those that were not timed. */
  readonly programs: number;
  readonly timed: number;
}

/**
 * Times every program that the cost model holds possible for a network on an adapter, and chooses by the medians. Equal programs
 * are timed once. Takes about `seconds` at most.
 *
 * @param step is told of each step
 */
export async function tuneNetwork(
  gpu: NodeDevice,
  graph: ShapedGraph,
  target: TuningTarget,
  seconds: number,
  step: (text: string) => void,
): Promise<Tuning> {
  const tried = variantsToTry(graph, target);
  const distinct = new Map(tried.variants.map((variant) => [programKey(variant), variant]));
  const results = await timePrograms(gpu.device, [...distinct.values()], seconds, step);
  const milliseconds = new Map([...distinct.keys()].map((key, index) => [key, results[index]?.median]));
  const place = { ...target, adapter: { name: gpu.name, isSoftware: gpu.isSoftware } };
  const record = makeRecord(graph, place, tried, (variant) => {
    const median = milliseconds.get(programKey(variant));
    return median === undefined ? null : median / 1000;
  });
  return { record, programs: distinct.size, timed: results.filter((result) => result !== null).length };
}

/** Identifies a program: its text declares the bindings and their sizes. */
function programKey({ program: { workgroups, wgsl } }: Variant): string {
  return `${workgroups.join("x")}\n${wgsl}`;
}
