import * as z from "zod";
import { noMacs, noWeights, type OpDefinition, sameMoment, shaped } from "../op-definition.ts";
import { words } from "../op-text.ts";

const schema = z.strictObject({
  op: z.literal("dropout"),
  rate: z.number().min(0).lt(1),
  /** Set if all elements of a sample are dropped or kept together. */
  sample: z.literal(true).optional(),
});
/** Dropout of elements or, as stochastic depth has it, of whole samples; it does nothing in inference. */
export type DropoutOp = z.infer<typeof schema>;

/** Sets a share of the elements, or of the samples, to zero in training and scales the rest up. It is the identity in inference. */
export const dropout: OpDefinition<DropoutOp> = {
  schema,
  infer: (_op, [input = []]) => shaped(input),
  weights: noWeights,
  macs: noMacs,
  settings: ({ rate, sample }) => [`rate=${rate}`, ...(sample === true ? ["sample"] : [])],
  label: ({ rate, sample }) => words(sample === true ? "drop path" : "dropout", rate),
  work: "shape",
  secondMoment: sameMoment,
};
