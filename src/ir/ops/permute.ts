import * as z from "zod";
import { noMacs, noWeights, type OpDefinition, sameMoment, shaped } from "../op-definition.ts";
import { words } from "../op-text.ts";
import { asMap } from "../shape.ts";
import { wantsMap } from "./refusals.ts";

/** The orders of the three axes. `cwh` makes the channels rows, leaves the columns, and makes the rows channels. */
export const axisOrders = ["hwc", "hcw", "whc", "wch", "chw", "cwh"] as const;
export type AxisOrder = (typeof axisOrders)[number];

const schema = z.strictObject({ op: z.literal("permute"), order: z.enum(axisOrders) });
/** The axes of a map in another order. */
export type PermuteOp = z.infer<typeof schema>;

/** An axis of the input for each axis of the output: 0 is height, 1 width, 2 channels. */
export type AxisPermutation = readonly [number, number, number];

/** Returns the axis of the input that each axis of the output is. */
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
