import { convUsual } from "../../ir/ops/conv.ts";
import { defaulted, required, type ValuesOf } from "../argument.ts";
import { padding, pair } from "../kinds.ts";
import { act, cancelsBias, norm, normOp } from "./layer-tail.ts";
import { weightArguments } from "./weights.ts";

export const kernel = required(pair, "Extents of the kernel: `3x3`, `[k, 1]`, or one number for a square.");

const window = {
  stride: defaulted(pair, convUsual.stride, "Steps of the window, one number or [vertical, horizontal]."),
  padding: defaulted(
    padding,
    convUsual.padding,
    "`same` (TensorFlow's: the odd pixel goes to the bottom and right), `valid`, `torch` (half the kernel on each side) or [top, bottom, left, right].",
  ),
  dilation: defaulted(pair, convUsual.dilation, "Distance between the taps of the kernel.", {
    elsewhere: ["dilationrate"],
  }),
} as const;

const { bias, init, bias_init } = weightArguments({ bias: "auto", ...convUsual });

/** The attributes of a convolution before and after the one in which `conv` and `depthwise` differ. */
export const convolution = { before: window, after: { bias, norm, act, init, bias_init } } as const;

type ConvolutionValues = ValuesOf<{ kernel: typeof kernel } & typeof convolution.before & typeof convolution.after>;

/** The fields that the nodes of `conv` and `depthwise` share. */
export function convolutionFields({
  kernel,
  stride,
  dilation,
  padding,
  bias,
  norm,
  init,
  bias_init,
}: ConvolutionValues) {
  return {
    kernel,
    stride,
    dilation,
    padding,
    bias: bias === "auto" ? !cancelsBias(normOp(norm)) : bias,
    init,
    biasInit: bias_init,
    folded: [],
    activation: null,
  };
}
