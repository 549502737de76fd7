import { shiftUsual, type ShiftOp } from "../../ir/ops/shift.ts";
import { defaulted, optional } from "../argument.ts";
import { anyNumber } from "../kinds.ts";
import { languageOp, plainLayer, type LayerParts } from "../language-op.ts";
import { vectorStart } from "../words/vector-start.ts";

export const shift = languageOp({
  doc: "An amount that each channel gains, learned; or one constant amount.",
  usage: "shift 0.5",
  elsewhere: [{ names: ["addconstant", "biasadd"], written: "shift 0.5" }],
  positional: {
    amount: optional(anyNumber, "What every channel gains; without it each channel learns its own."),
  },
  attributes: {
    init: defaulted(vectorStart, shiftUsual.init, "How the learned amounts start: an initialiser, or a number."),
  },
  make: ({ amount, init }): LayerParts<ShiftOp> => plainLayer({ op: "shift", amount, init }),
});
