import * as z from "zod";
import { noMacs, noWeights, shaped, type OpDefinition } from "../op-definition.ts";

const schema = z.strictObject({ op: z.literal("dropout"), rate: z.number().min(0).lt(1) });
/** Dropout, which does nothing in inference. */
export type DropoutOp = z.infer<typeof schema>;

/** Sets a share of the elements to zero in training and scales the rest up. It is the identity in inference. */
export const dropout: OpDefinition<DropoutOp> = {
  schema,
  infer: (_op, [input = []]) => shaped(input),
  weights: noWeights,
  macs: noMacs,
};
