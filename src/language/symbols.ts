import { activationNames } from "../ir/activation.ts";
import { residualModes } from "../ir/graph.ts";

/** Names that stand for themselves; no value may be called by one of them. */
export const symbolNames: ReadonlySet<string> = new Set([
  ...activationNames,
  "none",
  ...residualModes,
  "same",
  "valid",
  "torch",
  "avg",
  "max",
  "batch",
  "nearest",
  "bilinear",
  "zeros",
  "ones",
  "constant",
  "normal",
  "truncated_normal",
  "he_normal",
  "he_uniform",
  "glorot_normal",
  "glorot_uniform",
]);

/** Symbols that take settings in parentheses: `batch(eps=1e-3)`, `normal(0.01)`. */
export const symbolsWithSettings: ReadonlySet<string> = new Set(["batch", "constant", "normal", "truncated_normal"]);
