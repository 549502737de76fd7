import { optional, required } from "../argument.ts";
import { anyNumber, callOf } from "../kinds.ts";
import { languageOp, type AnyActivationOp, type LayerParts } from "../language-op.ts";
import { activations, functionNames } from "../words/activations.ts";
import { activationOp } from "./layer-tail.ts";

export const act = languageOp({
  doc: "An activation as a statement of its own.",
  usage: "act relu6",
  elsewhere: functionNames.map((name) => ({
    names: [name.replaceAll("_", ""), ...activations[name].elsewhere],
    written: `act ${name}`,
  })),
  positional: { function: required(callOf(activations), "The activation; `none` returns its input unchanged.") },
  attributes: { alpha: optional(anyNumber, "Alpha of `leaky_relu` or `elu`, as in `leaky_relu(0.1)`.") },
  make: ({ function: act, alpha }): LayerParts<AnyActivationOp> => ({
    own: activationOp(alpha !== null && "alpha" in act ? { ...act, alpha } : act),
    norm: null,
    act: null,
  }),
});
