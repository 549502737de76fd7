import * as z from "zod";
import { noMacs, noWeights, refused, shaped, type OpDefinition } from "../op-definition.ts";
import { asMap } from "../shape.ts";
import { wantsMap } from "./refusals.ts";

/**
 * Which channel of a pixel belongs to which pixel of a block. `tensorflow`: the channels of one place of the block lie together, channel
 * `place * c + i`; `torch`: the places of one channel do, channel `i * block * block + place`. Places are counted row by row.
 */
export const blockOrderSchema = z.enum(["tensorflow", "torch"]);
export type BlockOrder = z.infer<typeof blockOrderSchema>;

const schema = z.strictObject({ op: z.literal("depth_to_space"), blockSize: z.int().min(1), order: blockOrderSchema });
/** Channels moved to rows and columns: each pixel becomes a block of pixels. */
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
        `A block of ${op.blockSize}x${op.blockSize} takes ${places} channels for each that comes out, and ${places} does not divide the ${map.c} that come in.`,
        `Give the layer before it a multiple of ${places} channels.`,
      );
    }
    return shaped([map.h * op.blockSize, map.w * op.blockSize, map.c / places]);
  },
  weights: noWeights,
  macs: noMacs,
};
