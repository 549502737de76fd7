import * as z from "zod";
import { noMacs, noWeights, refused, shaped, type OpDefinition } from "../op-definition.ts";
import { formatShape, sameShape } from "../shape.ts";

const schema = z.strictObject({ op: z.literal("add") });
/** The sum of two values or more of one shape, element by element. */
export type AddOp = z.infer<typeof schema>;

/** Element-wise sum of two or more values of one shape. */
export const add: OpDefinition<AddOp> = {
  schema,
  infer(_op, inputs) {
    const [first = [], ...rest] = inputs;
    const odd = rest.findIndex((shape) => !sameShape(first, shape));
    if (odd >= 0) {
      return refused(
        "shape/join",
        `"add" wants equal shapes: path 1 gives ${formatShape(first)}, path ${odd + 2} gives ${formatShape(rest[odd] ?? [])}.`,
        "Give the paths the same stride and the same number of filters.",
      );
    }
    return shaped(first);
  },
  weights: noWeights,
  macs: noMacs,
};
