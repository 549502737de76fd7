import type { SpaceToDepthOp } from "../../ir/ops/space-to-depth.ts";
import { languageOp, plainLayer, type LayerParts } from "../language-op.ts";
import { blockSize, order } from "./block-moves.ts";

export const spaceToDepth = languageOp({
  doc: "Makes each block of pixels one pixel, with the channels of all of them.",
  usage: "space_to_depth 2",
  elsewhere: [{ names: ["pixelunshuffle"], written: "space_to_depth 2 order=torch" }],
  positional: { block: blockSize },
  attributes: { order },
  make: ({ block, order }): LayerParts<SpaceToDepthOp> => plainLayer({ op: "space_to_depth", blockSize: block, order }),
});
