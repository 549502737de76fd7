import type { BatchNormOp } from "../../ir/ops/batch-norm.ts";
import { required } from "../argument.ts";
import { oneOf } from "../kinds.ts";
import { languageOp, plainLayer, type LayerParts } from "../language-op.ts";
import { batchSettings, norms } from "../words/norms.ts";

export const norm = languageOp({
  doc: "A norm as a statement of its own; a conv before it says bias=false.",
  usage: "norm batch",
  elsewhere: [{ names: ["batchnorm", "batchnormalization", "batchnorm2d", "bn"], written: "norm batch" }],
  positional: { kind: required(oneOf(norms), "`batch`.") },
  attributes: batchSettings,
  make: ({ eps, momentum, scale, center }): LayerParts<BatchNormOp> =>
    plainLayer({ op: "batch_norm", eps, momentum, scale, center }),
});
