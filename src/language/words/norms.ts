import { batchNormUsual } from "../../ir/ops/batch-norm.ts";
import { defaulted, wordWith } from "../argument.ts";
import { boolean, positive, share } from "../kinds.ts";
import { none } from "./none.ts";

/** Settings of a batch norm, in a layer or as a statement of its own. */
export const batchSettings = {
  eps: defaulted(positive, batchNormUsual.eps, "Added to the variance.", { elsewhere: ["epsilon"] }),
  momentum: defaulted(share, batchNormUsual.momentum, "Share of the old average that is kept."),
  scale: defaulted(boolean, batchNormUsual.scale, "Whether it has a gamma."),
  center: defaulted(boolean, batchNormUsual.center, "Whether it has a beta."),
} as const;

const batch = wordWith("Batch norm.", batchSettings, "batch(eps=1e-3)", ["batchnorm", "bn"]);

/** The norms that a statement of their own can name. */
export const norms = { batch } as const;

/** The norms that a layer can have, and `none`. */
export const layerNorms = { ...norms, none } as const;
