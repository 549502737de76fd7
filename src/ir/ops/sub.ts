import * as z from "zod";
import { noMacs, noSettings, noWeights, type OpDefinition, ownName } from "../op-definition.ts";
import { equalShapes } from "./refusals.ts";

const schema = z.strictObject({ op: z.literal("sub") });
/** The first value minus all others, element by element. All have the same shape. */
export type SubOp = z.infer<typeof schema>;

/** Element-wise difference: the first value minus each of the others. */
export const sub: OpDefinition<SubOp> = {
  schema,
  infer: (_op, inputs) => equalShapes("sub", inputs),
  weights: noWeights,
  macs: noMacs,
  settings: noSettings,
  label: ownName,
  work: "join",
  secondMoment: (_op, inputs) => inputs.reduce((sum, moment) => sum + moment, 0),
};
