import * as z from "zod";
import { noMacs, noWeights, shaped, type OpDefinition } from "../op-definition.ts";
import { sizeWord, words } from "../op-text.ts";
import { asMap } from "../shape.ts";
import { pairSchema } from "../window.ts";
import { pooledMoment } from "./pooled-moment.ts";
import { wantsMap } from "./refusals.ts";

const schema = z.strictObject({
  op: z.literal("adaptive_pool"),
  mode: z.enum(["avg", "max"]),
  size: pairSchema,
});
/** The average or maximum of each channel in a given number of windows that cover the map. */
export type AdaptivePoolOp = z.infer<typeof schema>;

/**
 * Divides a map into `size` windows, as PyTorch does. If `size` does not divide the extents, neighbouring windows
 * overlap.
 */
export const adaptivePool: OpDefinition<AdaptivePoolOp> = {
  schema,
  infer(op, [input = []]) {
    const map = asMap(input);
    if (map === null) return wantsMap("adaptive_pool", input);
    return shaped([...op.size, map.c]);
  },
  weights: noWeights,
  macs: noMacs,
  settings: ({ mode, size }) => [mode, size.join("x")],
  label: ({ mode, size }) => words("adaptive pool", mode, sizeWord(size)),
  work: "pool",
  secondMoment: ({ mode }, [first = 1]) => pooledMoment(mode, first),
};

/** The rows or columns from `begin` up to, but not including, `end`. */
export interface AxisWindow {
  readonly begin: number;
  readonly end: number;
}

/** Returns the windows of an axis: the i-th of n begins at ⌊i · extent / n⌋ and ends before ⌈(i + 1) · extent / n⌉. */
export function axisWindows(extent: number, count: number): readonly AxisWindow[] {
  return Array.from({ length: count }, (_unused, i) => ({
    begin: Math.floor((i * extent) / count),
    end: Math.ceil(((i + 1) * extent) / count),
  }));
}
