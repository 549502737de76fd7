import type { ResizeOp } from "../../ir/ops/resize.ts";
import { required } from "../argument.ts";
import { pair } from "../kinds.ts";
import { languageOp, plainLayer, type LayerParts } from "../language-op.ts";
import { resizeAttributes } from "../words/resize-modes.ts";

export const resize = languageOp({
  doc: "Gives a map other extents.",
  usage: "resize 28x28 mode=bilinear",
  elsewhere: [{ names: ["resizing", "interpolate", "resizebilinear"], written: "resize 28x28 mode=bilinear" }],
  positional: { size: required(pair, "Rows and columns of the output, one number or [rows, columns].") },
  attributes: resizeAttributes,
  make: ({ size, mode, coordinates }): LayerParts<ResizeOp> =>
    plainLayer({ op: "resize", to: { size }, mode, coordinates }),
});
