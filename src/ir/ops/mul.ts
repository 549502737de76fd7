import * as z from "zod";
import { noMacs, noSettings, noWeights, type OpDefinition, ownName, refused, shaped } from "../op-definition.ts";
import { channelsOf, formatShape, sameShape, type Shape } from "../shape.ts";

const schema = z.strictObject({ op: z.literal("mul") });
/** The product of two values or more, element by element. A 1x1xC value scales the channels of every pixel. */
export type MulOp = z.infer<typeof schema>;

/** True where `shape` is 1x1xC and scales the channels of a larger map. */
function broadcasts(shape: Shape, full: Shape): boolean {
  return shape.length === 3 && shape[0] === 1 && shape[1] === 1 && channelsOf(shape) === channelsOf(full);
}

/** Element-wise product of two or more values; a 1x1xC value scales every pixel's channels. */
export const mul: OpDefinition<MulOp> = {
  schema,
  infer(_op, inputs) {
    const full = inputs.find((shape) => shape.length !== 3 || shape[0] !== 1 || shape[1] !== 1) ?? inputs[0] ?? [];
    const odd = inputs.findIndex((shape) => !sameShape(full, shape) && !broadcasts(shape, full));
    if (odd >= 0) {
      return refused(
        "shape/join",
        `"mul" requires equal shapes or 1x1x${channelsOf(full)}: path ${odd + 1} gives ${formatShape(inputs[odd] ?? [])}, and another path gives ${formatShape(full)}.`,
        "Give the paths the same stride and the same number of filters.",
      );
    }
    return shaped(full);
  },
  weights: noWeights,
  macs: noMacs,
  settings: noSettings,
  label: ownName,
  work: "join",
  secondMoment: (_op, inputs) => inputs.reduce((product, moment) => product * moment, 1),
};
