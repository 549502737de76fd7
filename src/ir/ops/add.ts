import * as z from "zod";
import { noMacs, noSettings, noWeights, type OpDefinition, ownName } from "../op-definition.ts";
import { equalShapes } from "./refusals.ts";

const schema = z.strictObject({ op: z.literal("add") });
/** The element-wise sum of two or more values of equal shape. */
export type AddOp = z.infer<typeof schema>;

/** Element-wise sum of two or more values of equal shape. */
export const add: OpDefinition<AddOp> = {
  schema,
  infer: (_op, inputs) => equalShapes("add", inputs),
  weights: noWeights,
  macs: noMacs,
  settings: noSettings,
  label: ownName,
  work: "join",
  secondMoment: (_op, inputs) => inputs.reduce((sum, moment) => sum + moment, 0),
};
