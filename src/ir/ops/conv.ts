import * as z from "zod";
import { activationMoments, activationSchema } from "../activation.ts";
import { initializerSchema, ZEROS } from "../initializer.ts";
import { mergedBranchSchema } from "../merged-branch.ts";
import { normFoldSchema } from "../norm-fold.ts";
import { refused, shaped, type OpDefinition, type WeightSlot } from "../op-definition.ts";
import { kernelSetting, linearSettings, sizeWord, windowSettings, windowWords, words } from "../op-text.ts";
import { asMap, elementsOf, mapOf } from "../shape.ts";
import { paddingSchema, pairSchema, slide } from "../window.ts";
import { collapsed, wantsMap } from "./refusals.ts";

const schema = z.strictObject({
  op: z.literal("conv"),
  filters: z.int().min(1),
  kernel: pairSchema,
  stride: pairSchema,
  dilation: pairSchema,
  padding: paddingSchema,
  groups: z.int().min(1),
  bias: z.boolean(),
  init: initializerSchema,
  biasInit: initializerSchema,
  folded: z.array(normFoldSchema).readonly(),
  /** Set only if the `merge-branches` pass made this conv: the branches whose kernels and biases it sums. */
  merged: z.array(mergedBranchSchema).min(2).readonly().optional(),
  /** Set only if the `write-dense-as-conv` pass made this 1x1 conv: its kernel is stored as inputs x filters. */
  stored: z.literal("dense").optional(),
  activation: activationSchema.nullable(),
});
/** A convolution of a height x width x channels map. Kernels are HWIO. */
export type ConvOp = z.infer<typeof schema>;

/** The fields of a conv if a spec does not set them. A printed graph leaves most of them out. */
export const convUsual = {
  stride: [1, 1],
  dilation: [1, 1],
  padding: "same",
  groups: 1,
  init: { kind: "he_normal" },
  biasInit: ZEROS,
} as const satisfies Partial<ConvOp>;

/** 2-D cross-correlation; kernel HWIO `[kh, kw, cin / groups, filters]`. */
export const conv: OpDefinition<ConvOp> = {
  schema,
  infer(op, [input = []]) {
    const map = asMap(input);
    if (map === null) return wantsMap("conv", input);
    if (map.c % op.groups !== 0 || op.filters % op.groups !== 0) {
      return refused(
        "shape/groups",
        `${op.groups} groups do not divide ${map.c} input channels and ${op.filters} filters.`,
        "Choose a number of groups that divides both, or round the channels to a multiple of it.",
      );
    }
    const out = slide(op, map.h, map.w);
    if (out.h < 1 || out.w < 1) return collapsed("conv", op, input);
    return shaped([out.h, out.w, op.filters], out.pads);
  },
  weights(op, [input = []]) {
    const slots: WeightSlot[] = [
      {
        name: "kernel",
        shape: [...(op.stored === "dense" ? [] : op.kernel), mapOf(input).c / op.groups, op.filters],
        trainable: true,
        init: op.init,
      },
    ];
    if (op.bias) slots.push({ name: "bias", shape: [op.filters], trainable: true, init: op.biasInit });
    return slots;
  },
  macs: (op, [input = []], output) => ((op.kernel[0] * op.kernel[1] * mapOf(input).c) / op.groups) * elementsOf(output),
  settings: (op, known) => [
    kernelSetting(known.inputs && conv.weights(op, known.inputs), `${op.kernel.join("x")}x?x${op.filters}`),
    ...windowSettings(op, known),
    ...(op.groups === convUsual.groups ? [] : [`groups=${op.groups}`]),
    ...linearSettings(op, convUsual),
  ],
  label: (op) =>
    words("conv", sizeWord(op.kernel), op.filters, ...windowWords(op), op.groups > 1 && `groups=${op.groups}`),
  work: "conv",
  secondMoment: ({ activation }) => (activation === null ? 1 : activationMoments[activation.fn]),
};
