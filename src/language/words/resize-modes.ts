import type { ResizeOp } from "../../ir/ops/resize.ts";
import { defaulted, word, type Word } from "../argument.ts";
import { oneOf } from "../kinds.ts";

const modes = {
  nearest: word("Each value is repeated."),
  bilinear: word("Interpolates linearly between neighbouring values.", ["linear"]),
  bicubic: word("By cubic convolution with a = -0.75, as in PyTorch and ONNX.", ["cubic"]),
} as const satisfies Record<ResizeOp["mode"], Word>;

const coordinates = {
  half_pixel: word("Pixels have their centres at halves: TensorFlow 2, and PyTorch with align_corners=False."),
  align_corners: word("The centres of the corner pixels stay: PyTorch with align_corners=True.", ["aligncorners"]),
  asymmetric: word("Pixel i lies at i times the ratio: PyTorch's nearest, and TensorFlow 1."),
} as const satisfies Record<ResizeOp["coordinates"], Word>;

/** How a map is resized, for every op that does it. */
export const resizeAttributes = {
  mode: defaulted(oneOf(modes), "nearest", "`nearest`, `bilinear` or `bicubic`.", { elsewhere: ["interpolation"] }),
  coordinates: defaulted(
    oneOf(coordinates),
    "half_pixel",
    "Where pixels lie: `half_pixel`, `align_corners` or `asymmetric`.",
  ),
};
