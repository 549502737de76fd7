import * as z from "zod";
import { ONES, ZEROS } from "../initializer.ts";
import { noMacs, shaped, type OpDefinition, type WeightSlot } from "../op-definition.ts";
import { normFlags } from "../op-text.ts";
import { channelsOf } from "../shape.ts";

const schema = z.strictObject({
  op: z.literal("batch_norm"),
  eps: z.number().positive(),
  momentum: z.number().min(0).max(1),
  scale: z.boolean(),
  center: z.boolean(),
});
/** A batch norm over the last axis: `(x - mean) / sqrt(variance + eps) * gamma + beta`, with moving statistics. */
export type BatchNormOp = z.infer<typeof schema>;

/** The settings of a norm if a spec gives none. */
export const batchNormUsual = {
  eps: 1e-3,
  momentum: 0.99,
  scale: true,
  center: true,
} as const satisfies Partial<BatchNormOp>;

/**
 * Per-channel normalisation over the last axis: (x - mean) / sqrt(variance + eps) * gamma + beta. `momentum` is the
 * share of the old average that each step keeps. Ioffe and Szegedy 2015.
 */
export const batchNorm: OpDefinition<BatchNormOp> = {
  schema,
  infer: (_op, [input = []]) => shaped(input),
  weights(op, [input = []]) {
    const shape = [channelsOf(input)];
    const slots: WeightSlot[] = [];
    if (op.scale) slots.push({ name: "gamma", shape, trainable: true, init: ONES });
    if (op.center) slots.push({ name: "beta", shape, trainable: true, init: ZEROS });
    slots.push({ name: "mean", shape, trainable: false, init: ZEROS });
    slots.push({ name: "variance", shape, trainable: false, init: ONES });
    return slots;
  },
  macs: noMacs,
  settings: (op) => [`eps=${op.eps}`, `momentum=${op.momentum}`, ...normFlags(op)],
  label: () => "batch norm",
  work: "shape",
  secondMoment: () => 1,
};
