import { batchNormUsual } from "../../ir/ops/batch-norm.ts";
import { defaulted, required, wordWith } from "../argument.ts";
import { sampleNormUsual } from "../../ir/ops/sample-norm.ts";
import { boolean, channelCount, positive, share } from "../kinds.ts";
import { usualResponseEps } from "../../ir/ops/response-norm.ts";
import { none } from "./none.ts";

const batchSettings = {
  eps: defaulted(positive, batchNormUsual.eps, "Added to the variance.", { elsewhere: ["epsilon"] }),
  momentum: defaulted(share, batchNormUsual.momentum, "Share of the old average that is kept."),
  scale: defaulted(boolean, batchNormUsual.scale, "Whether it has a gamma."),
  center: defaulted(boolean, batchNormUsual.center, "Whether it has a beta."),
} as const;

const batch = wordWith("Batch norm.", batchSettings, "batch(eps=1e-3)", ["batchnorm", "bn"]);

const eps = defaulted(positive, sampleNormUsual.eps, "Added to the variance.", { elsewhere: ["epsilon"] });
const scale = defaulted(boolean, sampleNormUsual.scale, "Whether it has a gamma.");
const center = defaulted(boolean, sampleNormUsual.center, "Whether it has a beta.");

const layer = wordWith(
  "Layer norm: over the channels of each pixel, or of a vector. Ba et al. 2016.",
  { eps, scale, center },
  "layer(eps=1e-6)",
  ["layernorm", "layernormalization", "ln"],
);
const rms = wordWith(
  "Root mean square norm: as layer, without a mean and a beta. Zhang and Sennrich 2019.",
  { eps, scale },
  "rms(eps=1e-6)",
  ["rmsnorm", "rmsnormalization"],
);
const group = wordWith(
  "Group norm: over the pixels of a map and the channels of a group. Wu and He 2018.",
  { groups: required(channelCount, "Groups of channels."), eps, scale, center },
  "group(32)",
  ["groupnorm", "groupnormalization", "gn"],
);
const instance = wordWith(
  "Instance norm: over the pixels of each channel. Ulyanov et al. 2016.",
  { eps, scale, center },
  "instance(eps=1e-5)",
  ["instancenorm", "instancenormalization"],
);

const response = wordWith(
  "Global response norm: each channel by its length over the pixels, beside the mean length. Woo et al. 2023.",
  { eps: defaulted(positive, usualResponseEps, "Added to the mean length.", { elsewhere: ["epsilon"] }) },
  "response(eps=1e-6)",
  ["grn", "globalresponsenorm", "globalresponsenormalization"],
);

const shared = { batch, layer, rms, group, instance } as const;

/** The norms that a statement of their own can name. */
export const norms = { ...shared, response } as const;

/** The norms that a layer can have, and `none`. */
export const layerNorms = { ...shared, none } as const;
