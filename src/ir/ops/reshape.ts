import * as z from "zod";
import { noMacs, noWeights, refused, shaped, type OpDefinition } from "../op-definition.ts";
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
};
