import type { ReshapeOp } from "../../ir/ops/reshape.ts";
import { required } from "../argument.ts";
import { extents } from "../kinds.ts";
import { languageOp, plainLayer, type LayerParts } from "../language-op.ts";

export const reshape = languageOp({
  doc: "The same numbers under another shape, in the order row, column, channel. `[n, 1, c]` is a sequence of n positions.",
  usage: "reshape [196, 1, 768]",
  elsewhere: [{ names: ["view", "unflatten"], written: "reshape [196, 1, 768]" }],
  positional: {
    extents: required(extents([1, 3]), "Height, width and channels; or the length of a vector."),
  },
  attributes: {},
  make: ({ extents: [h = 1, w, c] }): LayerParts<ReshapeOp> =>
    plainLayer({ op: "reshape", extents: w === undefined || c === undefined ? [h] : [h, w, c] }),
});
