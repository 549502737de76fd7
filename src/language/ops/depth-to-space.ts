import type { DepthToSpaceOp } from "../../ir/ops/depth-to-space.ts";
import { languageOp, plainLayer, type LayerParts } from "../language-op.ts";
import { blockSize, order } from "./block-moves.ts";

export const depthToSpace = languageOp({
  doc: "Makes each pixel a block of pixels, from its channels (pixel shuffle). Shi et al. 2016.",
  usage: "depth_to_space 2",
  elsewhere: [{ names: ["pixelshuffle"], written: "depth_to_space 2 order=torch" }],
  positional: { block: blockSize },
  attributes: { order },
  make: ({ block, order }): LayerParts<DepthToSpaceOp> => plainLayer({ op: "depth_to_space", blockSize: block, order }),
});
