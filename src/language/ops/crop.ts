import type { CropOp } from "../../ir/ops/crop.ts";
import { required } from "../argument.ts";
import { margins } from "../kinds.ts";
import { languageOp, plainLayer, type LayerParts } from "../language-op.ts";

export const crop = languageOp({
  doc: "Takes away outer rows and columns of a map.",
  usage: "crop [1, 0, 1, 0]",
  elsewhere: [{ names: ["cropping2d", "centercrop", "cropping"], written: "crop 1" }],
  positional: {
    margins: required(margins, "Rows and columns to take away: [top, bottom, left, right], or one number."),
  },
  attributes: {},
  make: ({ margins }): LayerParts<CropOp> => plainLayer({ op: "crop", margins }),
});
