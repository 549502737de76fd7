import type { Fix } from "../../diagnostics/diagnostic.ts";
import { grouped } from "../../text/grouped.ts";
import { deleteStatement } from "../edits.ts";
import type { LinearStep } from "../linear-steps.ts";
import type { NetworkContext } from "../network-context.ts";
import { nextLinear } from "../next-linear.ts";
import { shortCount } from "../short-count.ts";
import type { NetworkRule } from "../rule.ts";
import { groupByPlace, layerOf, statementPlace } from "../trace-places.ts";

/** Reports a 1x1 depthwise conv directly before a conv. */
export const redundantDepthwise1x1: NetworkRule = {
  id: "redundant-depthwise-1x1",
  over: "network",
  category: "efficiency",
  severity: "info",
  summary: "A 1x1 depthwise conv directly before a conv",
  why: "A 1x1 depthwise conv multiplies each channel by a number. The weights of the conv after it can take these factors in, so the depthwise conv reads and writes the whole map for nothing.",
  source: "ildoonet/tf-pose-estimation issue 279.",
  bad: `network N {\n  input image [32, 32, 16]\n  depthwise 1x1 bias=false\n  conv 1x1 32 act=relu\n}\n`,
  good: `network N {\n  input image [32, 32, 16]\n  conv 1x1 32 act=relu\n}\n`,
  near: `// The activation stands between the two, so the conv cannot take the factor in.
network N {
  input image [32, 32, 16]
  depthwise 1x1 act=relu
  conv 1x1 32 act=relu
}
`,
  check(context) {
    const redundant = context.steps.filter(
      (step) =>
        step.node.op === "depthwise" &&
        step.node.kernel.every((kernel) => kernel === 1) &&
        step.node.stride.every((stride) => stride === 1) &&
        step.node.multiplier === 1 &&
        step.act === null &&
        nextLinear(context, step) !== null,
    );
    return groupByPlace(redundant, ({ node }) => statementPlace(context, node)).map(([span, steps]) => {
      const [{ node }] = steps;
      const sum = (of: "macs" | "trainable") =>
        steps.reduce((total, step) => total + (context.counts.get(step.node.id)?.[of] ?? 0), 0);
      const fix = fixOf(context, steps[0]);
      return {
        span,
        message: `"${node.path}" multiplies each channel by a number, which the weights of the conv after it can take in: ${shortCount(sum("macs"))} multiply-adds and ${grouped(sum("trainable"))} parameters for nothing.`,
        hint: "Leave it out.",
        ...(fix === null ? {} : { fix }),
      };
    });
  },
};

function fixOf(context: NetworkContext, { node }: LinearStep): Fix | null {
  const layer = layerOf(context, node);
  if (
    layer === null ||
    layer.scope.file.fromLibrary ||
    layer.statement.label !== null ||
    layer.statement.doc !== null
  ) {
    return null;
  }
  return { message: "Leave it out", edits: [deleteStatement(layer.scope.file, layer.statement)], safety: "suggestion" };
}
