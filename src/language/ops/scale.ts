import { scaleUsual, type ScaleOp } from "../../ir/ops/scale.ts";
import { defaulted, optional } from "../argument.ts";
import { anyNumber, callOf } from "../kinds.ts";
import { languageOp, plainLayer, type LayerParts } from "../language-op.ts";
import { initializers } from "../words/initializers.ts";

const { zeros, ones, constant, normal, truncated_normal } = initializers;
/** Factors have no fan, so the initialisers that scale by it are left out. */
const start = { ...callOf({ zeros, ones, constant, normal, truncated_normal }), ofNumber: "constant" } as const;

export const scale = languageOp({
  doc: "A factor for each channel, learned; or one constant factor.",
  usage: "scale init=1e-6",
  elsewhere: [{ names: ["layerscale"], written: "scale init=1e-6" }],
  positional: {
    factor: optional(anyNumber, "A constant factor of every channel; without it each channel learns its own."),
  },
  attributes: {
    init: defaulted(start, scaleUsual.init, "How the learned factors start: an initialiser, or a number."),
  },
  make: ({ factor, init }): LayerParts<ScaleOp> => plainLayer({ op: "scale", factor, init }),
});
