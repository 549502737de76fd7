import type { ResizeOp } from "../../ir/ops/resize.ts";
import { required } from "../argument.ts";
import { pair } from "../kinds.ts";
import { languageOp, plainLayer, type LayerParts } from "../language-op.ts";
import { resizeAttributes } from "../words/resize-modes.ts";

export const upsample = languageOp({
  doc: "Enlarges a map by whole factors.",
  usage: "upsample 2 mode=bilinear",
  elsewhere: [{ names: ["upsampling", "upsampling2d"], written: "upsample 2" }],
  positional: { factor: required(pair, "How many times, one number or [vertical, horizontal].") },
  attributes: resizeAttributes,
  make: ({ factor, mode, coordinates }): LayerParts<ResizeOp> =>
    plainLayer({ op: "resize", to: { factor }, mode, coordinates }),
});
