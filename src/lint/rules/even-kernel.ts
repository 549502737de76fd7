import { counted } from "../../text/counted.ts";
import type { NetworkRule } from "../rule.ts";
import { argumentOrigin, groupByPlace, originPlace, statementPlace } from "../trace-places.ts";

/** Reports padded kernels of even size. */
export const evenKernel: NetworkRule = {
  id: "even-kernel",
  over: "network",
  category: "style",
  severity: "info",
  summary: "A padded kernel of even size",
  why: "A window of even size has no middle. With padding=same it looks one pixel further to the right and down, so the features move that way with each layer. With padding=torch the map shrinks by one. A kernel as large as its stride cuts the map into patches and is exempt, and so are windows without padding.",
  source:
    'Detectron2\'s regnet, which asserts an odd kernel; Wu et al. 2019, "Convolution with even-sized kernels and symmetric padding".',
  bad: `network N {\n  input image [32, 32, 3]\n  conv 4x4 16 act=relu\n}\n`,
  good: `network N {\n  input image [32, 32, 3]\n  conv 3x3 16 act=relu\n}\n`,
  near: `// A stride as large as the kernel cuts the map into patches.
network N {
  input image [32, 32, 3]
  conv 4x4 16 stride=4 act=relu
}
`,
  check(context) {
    const even = context.steps.flatMap(({ node }) => {
      if ((node.op !== "conv" && node.op !== "depthwise") || node.padding === "valid") return [];
      const off = node.kernel.some((kernel, axis) => kernel % 2 === 0 && kernel > (node.stride[axis] ?? 1));
      return off ? [node] : [];
    });
    const placeOf = (node: (typeof even)[number]) => {
      const origin = argumentOrigin(context, node, "kernel");
      return origin === null ? statementPlace(context, node) : originPlace(origin);
    };
    return groupByPlace(even, placeOf).map(([span, [node, ...others]]) => ({
      span,
      message: `The ${node.kernel.join("x")} kernel of "${node.path}" has no middle, and padding of ${node.pads.join(", ")} (top, bottom, left, right) moves its features by half a pixel${others.length === 0 ? "" : `, as in ${counted(others.length, "more layer")}`}.`,
      hint: "Use an odd kernel, or no padding.",
    }));
  },
};
