import * as z from "zod";
import { noMacs, noWeights, type OpDefinition, sameMoment, shaped } from "../op-definition.ts";
import { words } from "../op-text.ts";
import { asMap } from "../shape.ts";
import { wantsMap } from "./refusals.ts";

/**
 * The orders of the three axes. With `cwh` the channels become rows, the columns stay, and the rows become channels.
 */
export const axisOrders = ["hwc", "hcw", "whc", "wch", "chw", "cwh"] as const;
export type AxisOrder = (typeof axisOrders)[number];

const schema = z.strictObject({ op: z.literal("permute"), order: z.enum(axisOrders) });
/** The axes of a map in another order. */
export type PermuteOp = z.infer<typeof schema>;

/** For each axis of the output, its axis of the input: 0 is height, 1 width, 2 channels. */
export type AxisPermutation = readonly [number, number, number];

/** Returns, for each axis of the output, its axis of the input. */
export function axesOf(order: AxisOrder): AxisPermutation {
  const axis = (place: number) => "hwc".indexOf(order.charAt(place));
  return [axis(0), axis(1), axis(2)];
}

/** The axes of a map in another order: a transposition. */
export const permute: OpDefinition<PermuteOp> = {
  schema,
  infer({ order }, [input = []]) {
    if (asMap(input) === null) return wantsMap("permute", input);
    return shaped(axesOf(order).map((axis) => input[axis] ?? 1));
  },
  weights: noWeights,
  macs: noMacs,
  settings: ({ order }) => [order],
  label: ({ order }) => words("permute", order),
  work: "shape",
  secondMoment: sameMoment,
};
