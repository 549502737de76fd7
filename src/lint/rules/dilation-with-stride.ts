import type { NetworkRule } from "../rule.ts";
import { argumentOrigin, groupByPlace, originPlace, statementPlace } from "../trace-places.ts";

/** Reports convs that are both dilated and strided. */
export const dilationWithStride: NetworkRule = {
  id: "dilation-with-stride",
  over: "network",
  category: "correctness",
  severity: "error",
  summary: "Dilation and stride in one conv",
  why: "A dilated conv sees far without losing resolution, and a stride loses resolution. tf.js refuses the two together, as TensorFlow does for depthwise convs. No published network has them.",
  source:
    'TensorFlow\'s depthwise_conv2d documentation; tfjs-core 4.22, conv2d: "Either strides or dilations must be 1".',
  bad: `network N {\n  input image [32, 32, 3]\n  conv 3x3 16 stride=2 dilation=2 padding=same act=relu\n}\n`,
  good: `network N {\n  input image [32, 32, 3]\n  conv 3x3 16 dilation=2 padding=same act=relu\n}\n`,
  near: `// Stride and dilation are on two layers.
network N {
  input image [32, 32, 3]
  conv 3x3 16 stride=2 padding=same act=relu
  conv 3x3 16 dilation=2 padding=same act=relu
}
`,
  check(context) {
    const both = context.steps.flatMap(({ node }) =>
      (node.op === "conv" || node.op === "depthwise") &&
      node.kernel.some((kernel, axis) => kernel > 1 && (node.dilation[axis] ?? 1) > 1) &&
      node.stride.some((stride) => stride > 1)
        ? [node]
        : [],
    );
    const placeOf = (node: (typeof both)[number]) => {
      const origin = argumentOrigin(context, node, "dilation");
      return origin === null ? statementPlace(context, node) : originPlace(origin);
    };
    return groupByPlace(both, placeOf).map(([span, [node, ...others]]) => ({
      span,
      message: `"${node.path}" has a dilation of ${pairText(node.dilation)} and a stride of ${pairText(node.stride)}${others.length === 0 ? "" : `, and so have ${others.length} more`}.`,
      hint: "Keep the stride of a dilated conv at 1.",
    }));
  },
};

function pairText([vertical, horizontal]: readonly [number, number]): string {
  return vertical === horizontal ? String(vertical) : `${vertical}x${horizontal}`;
}
