import type { ShapedGraph } from "../../../ir/graph.ts";
import type { LimitProfile } from "../schedule/limits.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { lifetimesOf, lowerBoundBytes } from "./lifetimes.ts";
import { placeValues, type Placement } from "./place-values.ts";

export interface MemoryPlan extends Placement {
  /** Bytes of all buffers. */
  readonly activationBytes: number;
  /** Bytes that any plan for this order of steps needs. */
  readonly lowerBoundBytes: number;
}

/** Decides where each value lies. */
export function planMemory(graph: ShapedGraph, schedule: Schedule, limits: LimitProfile): MemoryPlan {
  const lifetimes = lifetimesOf(graph, schedule);
  const lowerBound = lowerBoundBytes(lifetimes);
  const placement = placeValues(lifetimes, limits.maxBufferSize, lowerBound);
  const places = schedule.values.map(({ within }, value) => {
    const place = placement.places[within?.value ?? value];
    if (place === undefined) throw new Error(`internal: value ${value} has no place`);
    return place;
  });
  return {
    ...placement,
    places,
    activationBytes: placement.buffers.reduce((sum, size) => sum + size, 0),
    lowerBoundBytes: lowerBound,
  };
}
