import { grouped } from "../../text/grouped.ts";
import { activationGaps, addActivation } from "../activation-gaps.ts";
import { linearChains } from "../linear-chains.ts";
import { shortCount } from "../short-count.ts";
import type { LinearStep } from "../linear-steps.ts";
import type { NetworkRule } from "../rule.ts";
import { groupByPlace, statementPlace } from "../trace-places.ts";

/** Reports linear layers in a row that one cheaper layer can replace. */
export const linearChain: NetworkRule = {
  id: "linear-chain",
  over: "network",
  category: "efficiency",
  severity: "warning",
  summary: "Linear layers in a row that one cheaper layer can replace",
  why: "A conv, its batch norm, an average and a dense layer are linear maps, and linear maps in a row are one linear map. If one layer computes that map for no more multiply-adds, the layers before it are wasted: usually an activation was forgotten. The linear bottlenecks of MobileNetV2 are no such chain, because the merged layer would cost more.",
  source:
    "Computed from the graph; a TensorFlow 1 port of MobileNetV2 spends 35.1 M multiply-adds on what 7 680 compute; ildoonet/tf-pose-estimation issue 279.",
  bad: `network N {\n  input image [7, 7, 96]\n  pool avg\n  flatten\n  hidden: dense 128\n  head: dense 10\n}\n`,
  good: `network N {\n  input image [7, 7, 96]\n  pool avg\n  flatten\n  hidden: dense 128 act=relu\n  head: dense 10\n}\n`,
  near: `// A matrix of 64 x 64 in two factors of 64 x 8: one layer would cost four times as much.
network N {
  input image [7, 7, 64]
  conv 1x1 8
  conv 1x1 64 act=relu
  pool avg
}
`,
  check(context) {
    const projections = new Set(context.bottlenecks.map(({ project }) => project));
    const gaps = new Set(activationGaps(context).map(({ step }) => step));
    // The paper has a linear projection before an activated conv, whatever the pair costs.
    const byDesign = ([first, second, ...others]: readonly LinearStep[]) =>
      first !== undefined &&
      others.length === 0 &&
      ((projections.has(first) && second?.act !== null) || isFactor(first));
    const chains = linearChains(context)
      .filter(({ steps }) => !byDesign(steps))
      .map((chain) => ({
        chain,
        // The layer to blame: one that lacks an activation, or else the first that is not linear by design.
        culprit:
          chain.steps.find((step) => gaps.has(step)) ??
          chain.steps.find((step) => !projections.has(step)) ??
          chain.steps[0],
      }));
    const placeOf = ({ culprit }: (typeof chains)[number]) => statementPlace(context, culprit.node);
    return groupByPlace(chains, placeOf).map(([span, group]) => {
      const [{ chain, culprit }] = group;
      const { steps, mergedMacs } = chain;
      const macs = group.reduce((sum, other) => sum + other.chain.macs, 0);
      const merged = group.reduce((sum, other) => sum + other.chain.mergedMacs, 0);
      const last = steps.at(-1) ?? steps[0];
      const layers =
        steps.length === 1
          ? `"${steps[0].node.path}" is linear, and so is the average after it`
          : `The ${steps.length} layers from "${steps[0].node.path}" to "${last.node.path}" are one linear map`;
      const more = group.length === 1 ? "" : ` (with ${group.length - 1} more like it)`;
      const fix = projections.has(culprit) ? null : addActivation(context, culprit);
      return {
        span,
        message: `${layers}${more}: ${shortCount(macs)} multiply-adds where ${grouped(merged)} compute the same.`,
        hint:
          steps.length === 1
            ? "Average first, or put an activation before the average."
            : `Give "${culprit.node.path}" an activation, or merge the layers into one of ${grouped(mergedMacs)}.`,
        ...(fix === null ? {} : { fix }),
      };
    });
  },
};

/** True for a 1x1 depthwise conv, which redundant-depthwise-1x1 reports. */
function isFactor({ node }: LinearStep): boolean {
  return node.op === "depthwise" && node.kernel.every((kernel) => kernel === 1);
}
