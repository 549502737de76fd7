import * as z from "zod";
import { formatInitializer, initializerSchema } from "../initializer.ts";
import { noMacs, type OpDefinition, ownName, shaped } from "../op-definition.ts";
import { channelsOf } from "../shape.ts";

const schema = z.strictObject({
  op: z.literal("prelu"),
  /** The initialiser of the slopes. */
  init: initializerSchema,
});
export type PreluOp = z.infer<typeof schema>;

/** The default initial slope of each channel. It is the default of PyTorch and of the paper. */
export const usualPreluSlope = 0.25;

/** A leaky relu with a learned slope for each channel. He et al. 2015. */
export const prelu: OpDefinition<PreluOp> = {
  schema,
  infer: (_op, [input = []]) => shaped(input),
  weights: ({ init }, [input = []]) => [{ name: "alpha", shape: [channelsOf(input)], trainable: true, init }],
  macs: noMacs,
  settings: ({ init }) => [`init=${formatInitializer(init)}`],
  label: ownName,
  work: "shape",
  // As relu, whose slope is 0. A slope near 1 gives twice as much.
  secondMoment: (_op, [first = 1]) => Math.min(1, first) / 2,
};
