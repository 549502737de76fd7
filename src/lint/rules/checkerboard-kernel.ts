import type { ShapedNodeOf } from "../../ir/graph.ts";
import { counted } from "../../text/counted.ts";
import type { NetworkRule } from "../rule.ts";
import { argumentOrigin, groupByPlace, originPlace, statementPlace } from "../trace-places.ts";

/** Reports transposed convs whose windows overlap unevenly. */
export const checkerboardKernel: NetworkRule = {
  id: "checkerboard-kernel",
  over: "network",
  category: "style",
  severity: "info",
  summary: "A transposed conv whose kernel is no multiple of its stride",
  why: "The windows of a transposed conv lie a stride apart and overlap. If the stride does not divide the kernel, some pixels of the output are sums of more taps than their neighbours, in a regular pattern. A network can learn weights that even it out, and most do not: images that it makes show a checkerboard. A kernel that is a multiple of the stride overlaps evenly, and interpolation before a conv does not overlap at all.",
  source: "Odena et al. 2016, Deconvolution and Checkerboard Artifacts.",
  bad: `network N {\n  input image [32, 32, 16]\n  conv_transpose 3x3 8 stride=2 act=relu\n}\n`,
  good: `network N {\n  input image [32, 32, 16]\n  conv_transpose 4x4 8 stride=2 act=relu\n}\n`,
  near: `// A stride of 1 reaches every pixel with all taps, and a kernel of one row has nothing to overlap with.
network N {
  input image [32, 32, 16]
  conv_transpose 3x3 8 act=relu
  conv_transpose [1, 4] 8 stride=[1, 2] act=relu
}
`,
  check(context) {
    const uneven = context.graph.nodes.flatMap((node) =>
      node.op === "conv_transpose" && overlapsUnevenly(node) ? [node] : [],
    );
    const placeOf = (node: (typeof uneven)[number]) => {
      const origin = argumentOrigin(context, node, "kernel");
      return origin === null ? statementPlace(context, node) : originPlace(origin);
    };
    return groupByPlace(uneven, placeOf).map(([span, [node, ...others]]) => ({
      span,
      message: `The ${node.kernel.join("x")} kernel of "${node.path}" is no multiple of its stride ${node.stride.join("x")}, so its windows overlap unevenly${others.length === 0 ? "" : `, as in ${counted(others.length, "more layer")}`}.`,
      hint: `Use a kernel of ${node.kernel.map((kernel, axis) => multipleOf(kernel, node.stride[axis] ?? 1)).join("x")}, or "upsample" and a conv after it.`,
    }));
  },
};

/** A kernel smaller than the stride leaves pixels that no tap reaches, which is as uneven. */
function overlapsUnevenly({ kernel, stride }: ShapedNodeOf<"conv_transpose">): boolean {
  return kernel.some((extent, axis) => extent % (stride[axis] ?? 1) !== 0);
}

function multipleOf(kernel: number, stride: number): number {
  return Math.ceil(kernel / stride) * stride;
}
