import * as z from "zod";
import { activationMoments, activationSchema } from "../activation.ts";
import { initializerSchema, ZEROS } from "../initializer.ts";
import { normFoldSchema } from "../norm-fold.ts";
import { refused, shaped, type OpDefinition, type WeightSlot } from "../op-definition.ts";
import { kernelSetting, linearSettings, words } from "../op-text.ts";
import { channelsOf, elementsOf, formatShape, isSequence } from "../shape.ts";

const schema = z.strictObject({
  op: z.literal("dense"),
  units: z.int().min(1),
  bias: z.boolean(),
  init: initializerSchema,
  biasInit: initializerSchema,
  folded: z.array(normFoldSchema).readonly(),
  activation: activationSchema.nullable(),
});
/** A dense layer of a vector, or of each position of a sequence. Kernels are inputs x units. */
export type DenseOp = z.infer<typeof schema>;

/** The fields of a dense layer if a spec does not set them. A printed graph leaves most of them out. */
export const denseUsual = {
  bias: true,
  init: { kind: "glorot_uniform" },
  biasInit: ZEROS,
} as const satisfies Partial<DenseOp>;

/** Matrix product with a vector, or with each position of a sequence, a map of one column; kernel IO `[inputs, units]`. */
export const dense: OpDefinition<DenseOp> = {
  schema,
  infer(op, [input = []]) {
    if (isSequence(input)) return shaped([...input.slice(0, -1), op.units]);
    if (input.length !== 1) {
      return refused(
        "shape/rank",
        `"dense" requires a vector, but its input is a ${formatShape(input)} map.`,
        `Put "flatten" before it.`,
      );
    }
    return shaped([op.units]);
  },
  weights(op, [input = []]) {
    const slots: WeightSlot[] = [
      { name: "kernel", shape: [channelsOf(input), op.units], trainable: true, init: op.init },
    ];
    if (op.bias) slots.push({ name: "bias", shape: [op.units], trainable: true, init: op.biasInit });
    return slots;
  },
  macs: (_op, [input = []], output) => channelsOf(input) * elementsOf(output),
  settings: (op, { inputs }) => [
    kernelSetting(inputs && dense.weights(op, inputs), `?x${op.units}`),
    ...linearSettings(op, denseUsual),
  ],
  label: ({ units }) => words("dense", units),
  work: "dense",
  secondMoment: ({ activation }) => (activation === null ? 1 : activationMoments[activation.fn]),
};
