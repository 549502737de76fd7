import type { ShapedGraph } from "../ir/graph.ts";
import { lifetimesOf } from "../targets/webgpu/plan-details.ts";
import type { NetworkPlan } from "../targets/webgpu/plan-network.ts";

/** A value in the memory of a WebGPU program. */
export interface TimelineValue {
  readonly path: string;
  readonly buffer: number;
  /** In its buffer. */
  readonly offset: number;
  readonly bytes: number;
  /** First and last dispatch of its life, both included; -1 is before the first dispatch, and one past the last is after it. */
  readonly born: number;
  readonly dies: number;
}

export interface MemoryTimeline {
  /** Bytes of each. */
  readonly buffers: readonly number[];
  readonly dispatches: number;
  /** What any plan for this order of dispatches needs. */
  readonly lowerBoundBytes: number;
  readonly values: readonly TimelineValue[];
}

/** Where each value of a plan lies, and from when to when. */
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
