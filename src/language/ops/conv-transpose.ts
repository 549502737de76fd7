import { convTransposeUsual, type ConvTransposeOp } from "../../ir/ops/conv-transpose.ts";
import { defaulted, required } from "../argument.ts";
import { channelCount, padding, pair, pairFromZero } from "../kinds.ts";
import { languageOp, type LayerParts } from "../language-op.ts";
import { convolution, convolutionFields, kernel } from "./convolution.ts";
import { activationOp, normOp } from "./layer-tail.ts";

export const convTranspose = languageOp({
  doc: "Transposed convolution, which enlarges a map by its stride, then its norm and activation. Kernel HWIO.",
  usage: "conv_transpose 2x2 32 stride=2",
  elsewhere: [
    {
      names: ["convtranspose2d", "conv2dtranspose", "transposedconv", "deconv", "deconvolution"],
      written: "conv_transpose 2x2 32 stride=2",
    },
  ],
  positional: { kernel, filters: required(channelCount, "Channels of the output.") },
  attributes: {
    stride: defaulted(
      pair,
      convTransposeUsual.stride,
      "How many times it enlarges, one number or [vertical, horizontal].",
    ),
    padding: defaulted(
      padding,
      convTransposeUsual.padding,
      "What is cut: `same` (the output is the input times the stride), `valid` (nothing), `torch` (half the kernel on each side) or [top, bottom, left, right].",
    ),
    output_padding: defaulted(
      pairFromZero,
      convTransposeUsual.outputPadding,
      "Rows and columns added at the bottom and right, one number or [vertical, horizontal].",
    ),
    dilation: convolution.before.dilation,
    groups: defaulted(channelCount, convTransposeUsual.groups, "Groups of channels that do not see each other."),
    ...convolution.after,
  },
  make: (values): LayerParts<ConvTransposeOp> => ({
    own: {
      op: "conv_transpose",
      filters: values.filters,
      outputPadding: values.output_padding,
      groups: values.groups,
      ...convolutionFields(values),
    },
    norm: normOp(values.norm),
    act: activationOp(values.act),
  }),
});
