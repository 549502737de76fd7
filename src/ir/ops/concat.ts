import * as z from "zod";
import { noMacs, noSettings, noWeights, type OpDefinition, ownName, refused, shaped } from "../op-definition.ts";
import { channelsOf, formatShape, sameShape } from "../shape.ts";

const schema = z.strictObject({ op: z.literal("concat") });
/** The concatenation of values along the channels. */
export type ConcatOp = z.infer<typeof schema>;

/** Concatenates channels in the order of the paths. */
export const concat: OpDefinition<ConcatOp> = {
  schema,
  infer(_op, inputs) {
    const [first = [], ...rest] = inputs;
    const extents = first.slice(0, -1);
    const odd = rest.findIndex((shape) => !sameShape(extents, shape.slice(0, -1)));
    if (odd >= 0) {
      return refused(
        "shape/join",
        `"concat" requires maps of equal size: path 1 gives ${formatShape(first)}, path ${odd + 2} gives ${formatShape(rest[odd] ?? [])}.`,
        "Give the paths the same stride and padding.",
      );
    }
    return shaped([...extents, inputs.reduce((sum, shape) => sum + channelsOf(shape), 0)]);
  },
  weights: noWeights,
  macs: noMacs,
  settings: noSettings,
  label: ownName,
  work: "join",
  secondMoment: (_op, inputs) => inputs.reduce((sum, moment) => sum + moment, 0) / inputs.length,
};
