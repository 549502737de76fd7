import * as z from "zod";
import { noMacs, noWeights, type OpDefinition, refused, sameMoment, shaped } from "../op-definition.ts";
import { words } from "../op-text.ts";
import { asMap } from "../shape.ts";
import { wantsMap } from "./refusals.ts";

/**
 * The assignment of channels to the positions of a block. Channel i of position p is channel `p * c + i` with
 * `tensorflow` and channel `i * block * block + p` with `torch`. Positions are counted row by row.
 */
export const blockOrderSchema = z.enum(["tensorflow", "torch"]);
export type BlockOrder = z.infer<typeof blockOrderSchema>;

const schema = z.strictObject({ op: z.literal("depth_to_space"), blockSize: z.int().min(1), order: blockOrderSchema });
/** Moves channels to rows and columns: each pixel becomes a block of pixels. */
export type DepthToSpaceOp = z.infer<typeof schema>;

/** Pixel shuffle: a map of h x w x (block * block * c) becomes one of (h * block) x (w * block) x c. Shi et al. 2016. */
export const depthToSpace: OpDefinition<DepthToSpaceOp> = {
  schema,
  infer(op, [input = []]) {
    const map = asMap(input);
    if (map === null) return wantsMap("depth_to_space", input);
    const places = op.blockSize * op.blockSize;
    if (map.c % places !== 0) {
      return refused(
        "shape/block",
        `Blocks of ${op.blockSize}x${op.blockSize} require a multiple of ${places} input channels, but the input has ${map.c}.`,
        `Give the layer before it a multiple of ${places} channels.`,
      );
    }
    return shaped([map.h * op.blockSize, map.w * op.blockSize, map.c / places]);
  },
  weights: noWeights,
  macs: noMacs,
  settings: ({ blockSize, order }) => [`block=${blockSize}`, order],
  label: ({ blockSize }) => words("depth to space", blockSize),
  work: "shape",
  secondMoment: sameMoment,
};
