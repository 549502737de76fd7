import * as z from "zod";
import { noMacs, noWeights, type OpDefinition, refused, sameMoment, shaped } from "../op-definition.ts";
import { words } from "../op-text.ts";
import { elementsOf, formatShape } from "../shape.ts";
import { extentsSchema } from "./input.ts";

const schema = z.strictObject({ op: z.literal("reshape"), extents: extentsSchema });
/** The numbers of a value under another shape, in the order row, column, channel. */
export type ReshapeOp = z.infer<typeof schema>;

/** A value under another shape of as many numbers; moves no bytes. */
export const reshape: OpDefinition<ReshapeOp> = {
  schema,
  infer({ extents }, [input = []]) {
    const [before, after] = [elementsOf(input), elementsOf(extents)];
    if (before === after) return shaped(extents);
    return refused(
      "shape/reshape",
      `${formatShape(extents)} has ${after} numbers, and the ${formatShape(input)} that comes in has ${before}.`,
      "Give extents whose product is that of the input's.",
    );
  },
  weights: noWeights,
  macs: noMacs,
  settings: ({ extents }) => [formatShape(extents)],
  label: ({ extents }) => words("reshape", extents.join("x")),
  work: "shape",
  secondMoment: sameMoment,
};
