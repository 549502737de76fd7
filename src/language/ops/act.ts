import { activationNames, usualSlope } from "../../ir/activation.ts";
import type { ActivationOp } from "../../ir/ops/activation.ts";
import { defaulted, required } from "../argument.ts";
import { anyNumber, oneOf } from "../kinds.ts";
import { languageOp, type LayerParts } from "../language-op.ts";
import { activations } from "../words/activations.ts";
import { activationOp } from "./layer-tail.ts";

export const act = languageOp({
  doc: "An activation as a statement of its own.",
  usage: "act relu6",
  elsewhere: activationNames.map((name) => ({ names: [name.replaceAll("_", "")], written: `act ${name}` })),
  positional: { function: required(oneOf(activations), "Which one; `none` hands its input on.") },
  attributes: { alpha: defaulted(anyNumber, usualSlope, "Slope of `leaky_relu` below 0.") },
  make: ({ function: fn, alpha }): LayerParts<ActivationOp> => ({
    own: activationOp(fn, alpha),
    norm: null,
    act: null,
  }),
});
