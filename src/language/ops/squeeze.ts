import type { SqueezeOp } from "../../ir/ops/squeeze.ts";
import { languageOp, plainLayer, type LayerParts } from "../language-op.ts";

export const squeeze = languageOp({
  doc: "A 1x1xC map as a vector.",
  usage: "squeeze",
  elsewhere: [],
  positional: {},
  attributes: {},
  make: (): LayerParts<SqueezeOp> => plainLayer({ op: "squeeze" }),
});
