import { depthwiseUsual, type DepthwiseOp } from "../../ir/ops/depthwise.ts";
import { defaulted } from "../argument.ts";
import { whole } from "../kinds.ts";
import { languageOp, type LayerParts } from "../language-op.ts";
import { MAX_CHANNELS } from "../limits.ts";
import { convolution, convolutionFields, kernel } from "./convolution.ts";
import { activationOp, normOp } from "./layer-tail.ts";

export const depthwise = languageOp({
  doc: "Convolution of each channel by itself, then its norm and activation. Kernel HWIM.",
  usage: "depthwise 3x3 stride=2",
  elsewhere: [{ names: ["depthwiseconv", "depthwiseconv2d", "dwconv"], written: "depthwise 3x3" }],
  positional: { kernel },
  attributes: {
    ...convolution.before,
    multiplier: defaulted(whole(1, MAX_CHANNELS), depthwiseUsual.multiplier, "Outputs of each channel.", {
      elsewhere: ["depthmultiplier"],
    }),
    ...convolution.after,
  },
  make: (values): LayerParts<DepthwiseOp> => ({
    own: { op: "depthwise", multiplier: values.multiplier, ...convolutionFields(values) },
    norm: normOp(values.norm),
    act: activationOp(values.act),
  }),
});
