import { nodeAt } from "../../ir/graph.ts";
import { channelsOf } from "../../ir/shape.ts";
import { counted } from "../../text/counted.ts";
import type { NetworkRule } from "../rule.ts";
import { argumentOrigin, groupByPlace, originPlace, statementPlace } from "../trace-places.ts";

/** The most groups that are not reported. */
const most = 8;

/** Reports convs in many small groups. */
export const tooManyGroups: NetworkRule = {
  id: "too-many-groups",
  over: "network",
  category: "efficiency",
  severity: "off",
  summary: "A conv in many groups that is not depthwise",
  why: "Groups save multiply-adds but no memory traffic: with the channels widened to the same multiply-adds, 8 groups run at a fifth to a third of the speed of one. Convs are reported above 8 groups. One group a channel is a depthwise conv, which has kernels of its own.",
  source: "Ma et al. 2018 (ShuffleNetV2), guideline 2 and Table 2.",
  bad: `network N {\n  input image [32, 32, 64]\n  conv 3x3 64 groups=16 act=relu\n}\n`,
  good: `network N {\n  input image [32, 32, 64]\n  conv 3x3 64 groups=4 act=relu\n}\n`,
  near: `// 8 groups are the most that pass.
network N {
  input image [32, 32, 64]
  conv 3x3 64 groups=8 act=relu
}
`,
  check(context) {
    const many = context.steps.flatMap(({ node }) => {
      const [input] = node.inputs;
      if (node.op !== "conv" || input === undefined || node.groups <= most) return [];
      const channels = channelsOf(nodeAt(context.index, input).shape);
      return node.groups < channels ? [{ node, channels }] : [];
    });
    const placeOf = ({ node }: (typeof many)[number]) => {
      const origin = argumentOrigin(context, node, "groups");
      return origin === null ? statementPlace(context, node) : originPlace(origin);
    };
    return groupByPlace(many, placeOf).map(([span, [{ node, channels }, ...others]]) => ({
      span,
      message: `"${node.path}" works in ${node.groups} groups of ${channels / node.groups} channels${others.length === 0 ? "" : `, as in ${counted(others.length, "more layer")}`}.`,
      hint: `Use ${most} groups at most, or a depthwise conv.`,
    }));
  },
};
