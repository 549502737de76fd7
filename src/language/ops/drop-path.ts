import type { DropoutOp } from "../../ir/ops/dropout.ts";
import { required } from "../argument.ts";
import { shareBelowOne } from "../kinds.ts";
import { languageOp, plainLayer, type LayerParts } from "../language-op.ts";

export const dropPath = languageOp({
  doc: "Stochastic depth: sets a share of the samples to 0 in training, and does nothing in inference. Huang et al. 2016.",
  usage: "drop_path 0.1",
  elsewhere: [{ names: ["stochasticdepth", "dropconnect"], written: "drop_path 0.1" }],
  positional: { rate: required(shareBelowOne, "The share, from 0 up to but not 1.") },
  attributes: {},
  make: ({ rate }): LayerParts<DropoutOp> => plainLayer({ op: "dropout", rate, sample: true }),
});
