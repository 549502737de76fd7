import type { ShapedNodeOf } from "../../ir/graph.ts";
import { percent } from "../../text/percent.ts";
import type { NetworkContext } from "../network-context.ts";
import type { NetworkRule } from "../rule.ts";
import { argumentOrigin, groupByPlace, originPlace, statementPlace } from "../trace-places.ts";

type Window = ShapedNodeOf<"conv" | "depthwise" | "pool">;

/** Reports kernels that are smaller than their stride. */
export const pointwiseStride: NetworkRule = {
  id: "pointwise-stride",
  over: "network",
  category: "correctness",
  severity: "warning",
  summary: "A kernel smaller than its stride, so that pixels are never read",
  why: "A 1x1 conv with stride 2 reads one pixel in four, and what earlier layers computed for the others is thrown away. ResNet v1.5 moved the stride from the 1x1 conv to the 3x3 conv and gained half a percent of accuracy. The shortcut of a residual branch is exempt: the other path reads every pixel.",
  source:
    "KaimingHe/deep-residual-networks issue 50, keras-applications issue 81, pytorch/vision issue 706; Detectron2's STRIDE_IN_1X1.",
  bad: `network N {\n  input image [32, 32, 16]\n  conv 1x1 32 stride=2 norm=batch act=relu\n  conv 3x3 32 norm=batch act=relu\n}\n`,
  good: `network N {\n  input image [32, 32, 16]\n  conv 1x1 32 norm=batch act=relu\n  conv 3x3 32 stride=2 norm=batch act=relu padding=same\n}\n`,
  near: `// The 3x3 conv beside the shortcut reads the pixels that the shortcut skips.
network N {
  input image [32, 32, 16]
  branch add {
    path { conv 3x3 32 stride=2 norm=batch padding=same }
    path { conv 1x1 32 stride=2 norm=batch }
  }
  act relu
}
`,
  check(context) {
    const skipping = context.graph.nodes.flatMap((node) =>
      (node.op === "conv" || node.op === "depthwise" || node.op === "pool") &&
      shareRead(node) < 1 &&
      !isShortcut(context, node)
        ? [node]
        : [],
    );
    const placeOf = (node: Window) => {
      const origin = argumentOrigin(context, node, "stride");
      return origin === null ? statementPlace(context, node) : originPlace(origin);
    };
    return groupByPlace(skipping, placeOf).map(([span, [node, ...others]]) => ({
      span,
      message: `"${node.path}" has a ${node.kernel.join("x")} kernel and a stride of ${node.stride.join("x")}: it never reads ${percent(1 - shareRead(node))} of its input${others.length === 0 ? "" : `, and so do ${others.length} more`}.`,
      hint: "Move the stride to a layer whose kernel is at least as large.",
    }));
  },
};

/** Returns the share of the pixels that the windows cover. */
function shareRead({ kernel, stride }: Window): number {
  return Math.min(1, kernel[0] / stride[0]) * Math.min(1, kernel[1] / stride[1]);
}

/** True if another path reads the same value and both paths meet in a sum. */
function isShortcut(context: NetworkContext, node: Window): boolean {
  const [input] = node.inputs;
  const last = context.stepAt.get(node.id)?.last ?? node;
  const joined = (context.uses.get(last.id) ?? []).some((reader) => reader.op === "add" || reader.op === "sub");
  return joined && input !== undefined && (context.uses.get(input)?.length ?? 0) > 1;
}
