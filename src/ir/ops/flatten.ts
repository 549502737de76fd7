import * as z from "zod";
import { noMacs, noSettings, noWeights, type OpDefinition, ownName, sameMoment, shaped } from "../op-definition.ts";
import { elementsOf } from "../shape.ts";

const schema = z.strictObject({ op: z.literal("flatten") });
/** The numbers of a map as a vector, in the order row, column, channel. */
export type FlattenOp = z.infer<typeof schema>;

/** Makes a vector of a map, in h, w, c order. It moves no bytes. */
export const flatten: OpDefinition<FlattenOp> = {
  schema,
  infer: (_op, [input = []]) => shaped([elementsOf(input)]),
  weights: noWeights,
  macs: noMacs,
  settings: noSettings,
  label: ownName,
  work: "shape",
  secondMoment: sameMoment,
};
