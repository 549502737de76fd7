import * as z from "zod";
import { noMacs, noWeights, type OpDefinition, refused, sameMoment, shaped } from "../op-definition.ts";
import { words } from "../op-text.ts";
import { elementsOf, formatShape } from "../shape.ts";
import { extentsSchema } from "./input.ts";

const schema = z.strictObject({ op: z.literal("reshape"), extents: extentsSchema });
/** The same numbers with another shape, in the order row, column, channel. */
export type ReshapeOp = z.infer<typeof schema>;

/** Gives a value another shape with the same number of elements. It moves no bytes. */
export const reshape: OpDefinition<ReshapeOp> = {
  schema,
  infer({ extents }, [input = []]) {
    const [before, after] = [elementsOf(input), elementsOf(extents)];
    if (before === after) return shaped(extents);
    return refused(
      "shape/reshape",
      `${formatShape(extents)} has ${after} numbers, but the ${formatShape(input)} input has ${before}.`,
      "Write extents whose product equals that of the input's extents.",
    );
  },
  weights: noWeights,
  macs: noMacs,
  settings: ({ extents }) => [formatShape(extents)],
  label: ({ extents }) => words("reshape", extents.join("x")),
  work: "shape",
  secondMoment: sameMoment,
};
