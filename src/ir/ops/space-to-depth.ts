import * as z from "zod";
import { noMacs, noWeights, type OpDefinition, refused, sameMoment, shaped } from "../op-definition.ts";
import { words } from "../op-text.ts";
import { asMap } from "../shape.ts";
import { blockOrderSchema } from "./depth-to-space.ts";
import { wantsMap } from "./refusals.ts";

const schema = z.strictObject({ op: z.literal("space_to_depth"), blockSize: z.int().min(1), order: blockOrderSchema });
/** Rows and columns moved to channels: each block of pixels becomes one pixel. */
export type SpaceToDepthOp = z.infer<typeof schema>;

/** The inverse of `depth_to_space`: a map of h x w x c becomes one of (h / block) x (w / block) x (block * block * c). */
export const spaceToDepth: OpDefinition<SpaceToDepthOp> = {
  schema,
  infer(op, [input = []]) {
    const map = asMap(input);
    if (map === null) return wantsMap("space_to_depth", input);
    if (map.h % op.blockSize !== 0 || map.w % op.blockSize !== 0) {
      return refused(
        "shape/block",
        `Blocks of ${op.blockSize}x${op.blockSize} do not divide the ${map.h}x${map.w} input map.`,
        `Use a block that divides ${map.h === map.w ? map.h : `${map.h} and ${map.w}`}, or an input whose size is a multiple of it.`,
      );
    }
    return shaped([map.h / op.blockSize, map.w / op.blockSize, map.c * op.blockSize * op.blockSize]);
  },
  weights: noWeights,
  macs: noMacs,
  settings: ({ blockSize, order }) => [`block=${blockSize}`, order],
  label: ({ blockSize }) => words("space to depth", blockSize),
  work: "shape",
  secondMoment: sameMoment,
};
