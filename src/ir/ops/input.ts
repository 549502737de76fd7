import * as z from "zod";
import { noMacs, noWeights, shaped, type OpDefinition } from "../op-definition.ts";

const schema = z.strictObject({
  op: z.literal("input"),
  extents: z.tuple([z.int().min(1), z.int().min(1), z.int().min(1)]).readonly(),
});
/** The input of the network; always the first node. */
export type InputOp = z.infer<typeof schema>;

/** The image, NHWC float32, as the network sees it (already normalised). */
export const input: OpDefinition<InputOp> = {
  schema,
  infer: (op) => shaped(op.extents),
  weights: noWeights,
  macs: noMacs,
};
