import * as z from "zod";
import { noMacs, noWeights, type OpDefinition, refused, sameMoment, shaped } from "../op-definition.ts";
import { marginsWord, words } from "../op-text.ts";
import { asMap, formatShape } from "../shape.ts";
import { padsSchema } from "../window.ts";
import { wantsMap } from "./refusals.ts";

const schema = z.strictObject({ op: z.literal("crop"), margins: padsSchema });
/** A map without some of its outer rows and columns. */
export type CropOp = z.infer<typeof schema>;

/** Takes away rows at the top and bottom, and columns at the left and right. */
export const crop: OpDefinition<CropOp> = {
  schema,
  infer(op, [input = []]) {
    const map = asMap(input);
    if (map === null) return wantsMap("crop", input);
    const [top, bottom, left, right] = op.margins;
    if (top + bottom >= map.h || left + right >= map.w) {
      return refused(
        "shape/collapse",
        `Nothing is left of the ${formatShape(input)} map without ${op.margins.join(", ")} (top, bottom, left, right).`,
        `Crop fewer than ${map.h} rows and ${map.w} columns.`,
      );
    }
    return shaped([map.h - top - bottom, map.w - left - right, map.c]);
  },
  weights: noWeights,
  macs: noMacs,
  settings: ({ margins }) => [`margins=${margins.join(",")}`],
  label: ({ margins }) => words("crop", marginsWord(margins)),
  work: "shape",
  secondMoment: sameMoment,
};
