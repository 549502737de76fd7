import type { DropoutOp } from "../../ir/ops/dropout.ts";
import { required } from "../argument.ts";
import { shareBelowOne } from "../kinds.ts";
import { languageOp, plainLayer, type LayerParts } from "../language-op.ts";

export const dropout = languageOp({
  doc: "Sets a share of the values to 0 in training, and does nothing in inference.",
  usage: "dropout 0.2",
  elsewhere: [],
  positional: { rate: required(shareBelowOne, "The share, from 0 up to but not 1.") },
  attributes: {},
  make: ({ rate }): LayerParts<DropoutOp> => plainLayer({ op: "dropout", rate }),
});
