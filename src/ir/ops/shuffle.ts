import * as z from "zod";
import { noMacs, noWeights, type OpDefinition, refused, sameMoment, shaped } from "../op-definition.ts";
import { words } from "../op-text.ts";
import { asMap } from "../shape.ts";
import { wantsMap } from "./refusals.ts";

const schema = z.strictObject({ op: z.literal("shuffle"), groups: z.int().min(1) });
/** A channel shuffle: the channels of several groups are interleaved (Zhang et al. 2018). */
export type ShuffleOp = z.infer<typeof schema>;

/**
 * Channel shuffle: channels seen as `[groups, c / groups]` are transposed, so output channel `j * groups + g` is input
 * channel `g * (c / groups) + j`. Zhang et al. 2018.
 */
export const shuffle: OpDefinition<ShuffleOp> = {
  schema,
  infer(op, [input = []]) {
    const map = asMap(input);
    if (map === null) return wantsMap("shuffle", input);
    if (map.c % op.groups !== 0) {
      return refused(
        "shape/groups",
        `${op.groups} groups do not divide ${map.c} channels.`,
        "Choose a number of groups that divides the channels.",
      );
    }
    return shaped(input);
  },
  weights: noWeights,
  macs: noMacs,
  settings: ({ groups }) => [`groups=${groups}`],
  label: ({ groups }) => words("shuffle", groups),
  work: "shape",
  secondMoment: sameMoment,
};
