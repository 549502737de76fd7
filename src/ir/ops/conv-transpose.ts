import * as z from "zod";
import { activationMoments, activationSchema } from "../activation.ts";
import { initializerSchema, ZEROS } from "../initializer.ts";
import { normFoldSchema } from "../norm-fold.ts";
import { refused, shaped, type OpDefinition, type ShapeResult, type WeightSlot } from "../op-definition.ts";
import { kernelSetting, linearSettings, sizeWord, windowSettings, windowWords, words } from "../op-text.ts";
import { asMap, elementsOf, formatShape, mapOf, type Shape } from "../shape.ts";
import { spread } from "../spread.ts";
import { effectiveKernel, paddingSchema, pairSchema } from "../window.ts";
import { wantsMap } from "./refusals.ts";

const schema = z.strictObject({
  op: z.literal("conv_transpose"),
  filters: z.int().min(1),
  kernel: pairSchema,
  stride: pairSchema,
  dilation: pairSchema,
  /**
   * The rows and columns that are cut from the sum of all windows: none, as many as PyTorch or TensorFlow cuts, or
   * `[top, bottom, left, right]`.
   */
  padding: paddingSchema,
  /**
   * The number of additional rows and columns at the bottom and right. They are not cut, or come after all windows.
   */
  outputPadding: z.tuple([z.int().min(0), z.int().min(0)]).readonly(),
  groups: z.int().min(1),
  bias: z.boolean(),
  init: initializerSchema,
  biasInit: initializerSchema,
  folded: z.array(normFoldSchema).readonly(),
  activation: activationSchema.nullable(),
});
/** A transposed convolution of a height x width x channels map. Kernels are HWIO. */
export type ConvTransposeOp = z.infer<typeof schema>;

/** The fields of a transposed conv if a spec does not set them. A printed graph leaves most of them out. */
export const convTransposeUsual = {
  stride: [1, 1],
  dilation: [1, 1],
  padding: "same",
  outputPadding: [0, 0],
  groups: 1,
  init: { kind: "he_normal" },
  biasInit: ZEROS,
} as const satisfies Partial<ConvTransposeOp>;

/**
 * The gradient of a conv with respect to its input: each input pixel adds a window of products to the output. The
 * kernel is HWIO, `[kh, kw, cin / groups, filters]`. Zeiler et al. 2010.
 */
export const convTranspose: OpDefinition<ConvTransposeOp> = {
  schema,
  infer(op, [input = []]) {
    const map = asMap(input);
    if (map === null) return wantsMap("conv_transpose", input);
    if (map.c % op.groups !== 0 || op.filters % op.groups !== 0) {
      return refused(
        "shape/groups",
        `${op.groups} groups do not divide ${map.c} input channels and ${op.filters} filters.`,
        "Choose a number of groups that divides both, or round the channels to a multiple of it.",
      );
    }
    const out = spread(op, map.h, map.w);
    return (
      wrongOutputPadding(op) ??
      (out.h < 1 || out.w < 1 ? cutAway(op, input) : shaped([out.h, out.w, op.filters], out.cuts))
    );
  },
  weights(op, [input = []]) {
    const slots: WeightSlot[] = [
      {
        name: "kernel",
        shape: [...op.kernel, mapOf(input).c / op.groups, op.filters],
        trainable: true,
        init: op.init,
      },
    ];
    if (op.bias) slots.push({ name: "bias", shape: [op.filters], trainable: true, init: op.biasInit });
    return slots;
  },
  // Each input pixel is multiplied by the whole kernel. Products that are cut count as well.
  macs: (op, [input = []]) => (op.kernel[0] * op.kernel[1] * elementsOf(input) * op.filters) / op.groups,
  settings: (op, known) => [
    kernelSetting(known.inputs && convTranspose.weights(op, known.inputs), `${op.kernel.join("x")}x?x${op.filters}`),
    ...windowSettings(op, known),
    ...(op.outputPadding.every((rows) => rows === 0) ? [] : [`output_padding=${op.outputPadding.join("x")}`]),
    ...(op.groups === convTransposeUsual.groups ? [] : [`groups=${op.groups}`]),
    ...linearSettings(op, convTransposeUsual),
  ],
  label: (op) =>
    words(
      "conv transpose",
      sizeWord(op.kernel),
      op.filters,
      ...windowWords(op),
      op.groups > 1 && `groups=${op.groups}`,
    ),
  work: "conv",
  secondMoment: ({ activation }) => (activation === null ? 1 : activationMoments[activation.fn]),
};

/**
 * Returns the reason why the output padding is invalid, or null if it is valid. It must be below the stride or the
 * dilation, and `same` padding, which fixes the size, allows none.
 */
function wrongOutputPadding({ outputPadding, stride, dilation, padding }: ConvTransposeOp): ShapeResult | null {
  const code = "shape/output-padding";
  if (padding === "same" && outputPadding.some((rows) => rows > 0)) {
    return refused(
      code,
      `With "padding=same" the output is the input times the stride, so an output padding of ${outputPadding.join("x")} is not allowed.`,
      `Leave "output_padding" out, or write "padding=torch".`,
    );
  }
  const axis = outputPadding.findIndex((rows, at) => rows >= Math.max(stride[at] ?? 1, dilation[at] ?? 1));
  if (axis < 0) return null;
  const most = Math.max(stride[axis] ?? 1, dilation[axis] ?? 1) - 1;
  return refused(
    code,
    `Expected an output padding below the stride ${stride[axis]} or the dilation ${dilation[axis]}, found ${outputPadding[axis]}.`,
    most === 0 ? `Leave "output_padding" out.` : `Use at most ${most}.`,
  );
}

function cutAway(op: ConvTransposeOp, input: Shape): ShapeResult {
  const kernel = op.kernel.map((extent, axis) => effectiveKernel(extent, op.dilation[axis] ?? 1));
  const cuts = typeof op.padding === "string" ? op.padding : op.padding.join(", ");
  return refused(
    "shape/collapse",
    `The padding ${cuts} of "conv_transpose" cuts away the whole output of its ${kernel.join("x")} windows on a ${formatShape(input)} input.`,
    `Cut less, or use a larger kernel.`,
  );
}
