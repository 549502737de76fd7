import * as z from "zod";
import { activationMoments, activationSchema } from "../activation.ts";
import { initializerSchema, ZEROS } from "../initializer.ts";
import { mergedBranchSchema } from "../merged-branch.ts";
import { normFoldSchema } from "../norm-fold.ts";
import { shaped, type OpDefinition, type WeightSlot } from "../op-definition.ts";
import { kernelSetting, linearSettings, sizeWord, windowSettings, windowWords, words } from "../op-text.ts";
import { asMap, elementsOf, mapOf } from "../shape.ts";
import { paddingSchema, pairSchema, slide } from "../window.ts";
import { collapsed, wantsMap } from "./refusals.ts";

const schema = z.strictObject({
  op: z.literal("depthwise"),
  multiplier: z.int().min(1),
  kernel: pairSchema,
  stride: pairSchema,
  dilation: pairSchema,
  padding: paddingSchema,
  bias: z.boolean(),
  init: initializerSchema,
  biasInit: initializerSchema,
  folded: z.array(normFoldSchema).readonly(),
  /** Set only if the `merge-branches` pass made this conv: the branches whose kernels and biases it sums. */
  merged: z.array(mergedBranchSchema).min(2).readonly().optional(),
  activation: activationSchema.nullable(),
});
/** A depthwise convolution. Kernels are HWIM: height x width x channels x multiplier. */
export type DepthwiseOp = z.infer<typeof schema>;

/** The fields of a depthwise conv if a spec does not set them. A printed graph leaves most of them out. */
export const depthwiseUsual = {
  stride: [1, 1],
  dilation: [1, 1],
  padding: "same",
  multiplier: 1,
  init: { kind: "he_normal" },
  biasInit: ZEROS,
} as const satisfies Partial<DepthwiseOp>;

/**
 * Each channel has its own `multiplier` filters; kernel HWIM `[kh, kw, c, multiplier]`, output channel `c * multiplier
 * + m` (TensorFlow's order).
 */
export const depthwise: OpDefinition<DepthwiseOp> = {
  schema,
  infer(op, [input = []]) {
    const map = asMap(input);
    if (map === null) return wantsMap("depthwise", input);
    const out = slide(op, map.h, map.w);
    if (out.h < 1 || out.w < 1) return collapsed("depthwise", op, input);
    return shaped([out.h, out.w, map.c * op.multiplier], out.pads);
  },
  weights(op, [input = []]) {
    const { c } = mapOf(input);
    const slots: WeightSlot[] = [
      { name: "kernel", shape: [...op.kernel, c, op.multiplier], trainable: true, init: op.init },
    ];
    if (op.bias) slots.push({ name: "bias", shape: [c * op.multiplier], trainable: true, init: op.biasInit });
    return slots;
  },
  macs: (op, _inputs, output) => op.kernel[0] * op.kernel[1] * elementsOf(output),
  settings: (op, known) => [
    kernelSetting(known.inputs && depthwise.weights(op, known.inputs), `${op.kernel.join("x")}x?x${op.multiplier}`),
    ...windowSettings(op, known),
    ...linearSettings(op, depthwiseUsual),
  ],
  label: (op) =>
    words("depthwise", sizeWord(op.kernel), ...windowWords(op), op.multiplier > 1 && `multiplier=${op.multiplier}`),
  work: "depthwise",
  secondMoment: ({ activation }) => (activation === null ? 1 : activationMoments[activation.fn]),
};
