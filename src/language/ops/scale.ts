import { scaleUsual, type ScaleOp } from "../../ir/ops/scale.ts";
import { defaulted, optional } from "../argument.ts";
import { anyNumber } from "../kinds.ts";
import { languageOp, plainLayer, type LayerParts } from "../language-op.ts";
import { vectorStart } from "../words/vector-start.ts";

export const scale = languageOp({
  doc: "A factor for each channel, learned; or one constant factor.",
  usage: "scale init=1e-6",
  elsewhere: [{ names: ["layerscale"], written: "scale init=1e-6" }],
  positional: {
    factor: optional(anyNumber, "A constant factor of every channel; without it each channel learns its own."),
  },
  attributes: {
    init: defaulted(vectorStart, scaleUsual.init, "How the learned factors start: an initialiser, or a number."),
  },
  make: ({ factor, init }): LayerParts<ScaleOp> => plainLayer({ op: "scale", factor, init }),
});
