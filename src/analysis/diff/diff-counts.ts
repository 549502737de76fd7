import { countGraph } from "../counts.ts";
import { groupLayers } from "../group-layers.ts";
import { activationMemory } from "../memory.ts";
import type { NetworkGraphs } from "../../ir/network-graphs.ts";

/** A count of both networks. */
export interface CountDelta {
  readonly a: number;
  readonly b: number;
  readonly delta: number;
}

/** Totals of both networks, as `mnet summary` gives them. */
export interface CountsDiff {
  /** Trainable weights. */
  readonly params: CountDelta;
  /** Trainable weights and moving statistics. */
  readonly totalParams: CountDelta;
  readonly macs: CountDelta;
  readonly peakBytes: CountDelta;
  /** Bytes of the weights after folding, float32. */
  readonly weightBytes: CountDelta;
  readonly residuals: CountDelta;
  readonly layers: CountDelta;
}

export function diffCounts(a: NetworkGraphs, b: NetworkGraphs): CountsDiff {
  const before = totals(a);
  const after = totals(b);
  const delta = (of: keyof typeof before): CountDelta => ({
    a: before[of],
    b: after[of],
    delta: after[of] - before[of],
  });
  return {
    params: delta("params"),
    totalParams: delta("totalParams"),
    macs: delta("macs"),
    peakBytes: delta("peakBytes"),
    weightBytes: delta("weightBytes"),
    residuals: delta("residuals"),
    layers: delta("layers"),
  };
}

function totals({ training, inference }: NetworkGraphs): Readonly<Record<keyof CountsDiff, number>> {
  const groups = groupLayers(training);
  const { params, macs } = countGraph(training, { inference });
  return {
    params: params.trainable,
    totalParams: params.total,
    macs,
    peakBytes: activationMemory(training, groups).peakBytes,
    weightBytes: 4 * params.folded,
    residuals: training.blocks.filter(({ decision }) => decision?.inserted === true).length,
    layers: groups.length,
  };
}
