import type { ShapedGraph } from "../ir/graph.ts";
import { lifetimesOf } from "../targets/webgpu/plan-details.ts";
import type { NetworkPlan } from "../targets/webgpu/plan-network.ts";

/** A value in the memory of a WebGPU program. */
export interface TimelineValue {
  readonly path: string;
  readonly buffer: number;
  /** Offset in its buffer. */
  readonly offset: number;
  readonly bytes: number;
  /**
   * First and last dispatch at which it is in memory, both included. -1 means before the first dispatch. The number of
   * dispatches means after the last.
   */
  readonly born: number;
  readonly dies: number;
}

export interface MemoryTimeline {
  /** Size of each buffer in bytes. */
  readonly buffers: readonly number[];
  readonly dispatches: number;
  /** A lower bound on the bytes of every plan with this order of dispatches. */
  readonly lowerBoundBytes: number;
  readonly values: readonly TimelineValue[];
}

/** Returns the place of each value of a plan and the time that it is in memory. */
export function memoryTimeline(inference: ShapedGraph, { schedule, memory }: NetworkPlan): MemoryTimeline {
  return {
    buffers: memory.buffers,
    dispatches: schedule.steps.length,
    lowerBoundBytes: memory.lowerBoundBytes,
    values: lifetimesOf(inference, schedule).flatMap(({ value, bytes, born, dies }) => {
      const place = memory.places[value];
      const path = schedule.values[value]?.path ?? "";
      return place === undefined ? [] : [{ path, buffer: place.buffer, offset: place.offset, bytes, born, dies }];
    }),
  };
}
