import type { FlattenOp } from "../../ir/ops/flatten.ts";
import { languageOp, plainLayer, type LayerParts } from "../language-op.ts";

export const flatten = languageOp({
  doc: "A map as a vector, in the order of rows, columns, channels.",
  usage: "flatten",
  elsewhere: [],
  positional: {},
  attributes: {},
  make: (): LayerParts<FlattenOp> => plainLayer({ op: "flatten" }),
});
