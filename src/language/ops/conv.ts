import { convUsual, type ConvOp } from "../../ir/ops/conv.ts";
import { defaulted, required } from "../argument.ts";
import { channelCount } from "../kinds.ts";
import { languageOp, type LayerParts } from "../language-op.ts";
import { convolution, convolutionFields, kernel } from "./convolution.ts";
import { activationOp, normOp } from "./layer-tail.ts";

export const conv = languageOp({
  doc: "Convolution, then its norm and activation. Kernel HWIO.",
  usage: "conv 3x3 32 stride=2",
  elsewhere: [{ names: ["conv2d", "convolution"], written: "conv 3x3 32" }],
  positional: { kernel, filters: required(channelCount, "Channels of the output.") },
  attributes: {
    ...convolution.before,
    groups: defaulted(channelCount, convUsual.groups, "Groups of channels that do not see each other."),
    ...convolution.after,
  },
  make: (values): LayerParts<ConvOp> => ({
    own: { op: "conv", filters: values.filters, groups: values.groups, ...convolutionFields(values) },
    norm: normOp(values.norm),
    act: activationOp(values.act),
  }),
});
