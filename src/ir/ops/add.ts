import * as z from "zod";
import { noMacs, noWeights, type OpDefinition } from "../op-definition.ts";
import { equalShapes } from "./refusals.ts";

const schema = z.strictObject({ op: z.literal("add") });
/** The sum of two values or more of one shape, element by element. */
export type AddOp = z.infer<typeof schema>;

/** Element-wise sum of two or more values of one shape. */
export const add: OpDefinition<AddOp> = {
  schema,
  infer: (_op, inputs) => equalShapes("add", inputs),
  weights: noWeights,
  macs: noMacs,
};
