import * as z from "zod";
import {
  noMacs,
  noSettings,
  noWeights,
  type OpDefinition,
  ownName,
  refused,
  sameMoment,
  shaped,
} from "../op-definition.ts";
import { asMap, formatShape } from "../shape.ts";
import { wantsMap } from "./refusals.ts";

const schema = z.strictObject({ op: z.literal("squeeze") });
/** A 1x1xC map as a vector of C. */
export type SqueezeOp = z.infer<typeof schema>;

/** A 1x1xC map as a vector of C; moves no bytes. */
export const squeeze: OpDefinition<SqueezeOp> = {
  schema,
  infer(_op, [input = []]) {
    const map = asMap(input);
    if (map === null) return wantsMap("squeeze", input);
    if (map.h !== 1 || map.w !== 1) {
      return refused(
        "shape/mismatch",
        `"squeeze" requires a 1x1 map, but its input is ${formatShape(input)}.`,
        `Pool the map first ("pool avg"), or use "flatten".`,
      );
    }
    return shaped([map.c]);
  },
  weights: noWeights,
  macs: noMacs,
  settings: noSettings,
  label: ownName,
  work: "shape",
  secondMoment: sameMoment,
};
