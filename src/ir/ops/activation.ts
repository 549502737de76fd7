import * as z from "zod";
import { activationMoments, activationSchema, formatActivation } from "../activation.ts";
import { noMacs, noWeights, shaped, type OpDefinition } from "../op-definition.ts";

const schema = z.strictObject({ op: z.literal("activation"), activation: activationSchema });
/** An activation function, applied to each number or, for softmax, along the last axis. */
export type ActivationOp = z.infer<typeof schema>;

/** An activation as a node; `softmax` runs over the last axis. */
export const activation: OpDefinition<ActivationOp> = {
  schema,
  infer: (_op, [input = []]) => shaped(input),
  weights: noWeights,
  macs: noMacs,
  settings: (op) => [formatActivation(op.activation)],
  label: (op) => formatActivation(op.activation),
  work: "shape",
  secondMoment: (op, [first = 1]) => Math.min(1, first) * activationMoments[op.activation.fn],
};
