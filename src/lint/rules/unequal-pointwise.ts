import { nodeAt } from "../../ir/graph.ts";
import { asMap, channelsOf } from "../../ir/shape.ts";
import { counted } from "../../text/counted.ts";
import { isPointwise } from "../find-bottlenecks.ts";
import type { NetworkRule } from "../rule.ts";
import { argumentOrigin, groupByPlace, originPlace, statementPlace } from "../trace-places.ts";

/** Convs are reported from this factor on. */
const factor = 8;

/** Reports 1x1 convs that make many times more or fewer channels than they read. */
export const unequalPointwise: NetworkRule = {
  id: "unequal-pointwise",
  over: "network",
  category: "efficiency",
  severity: "off",
  summary: "A 1x1 conv that makes many times more or fewer channels than it reads",
  why: "Of all 1x1 convs with the same multiply-adds, one that makes as many channels as it reads moves the least memory: at 1 to 12 an ARM core is half as fast as at 1 to 1. Convs are reported from a factor of 8 on. Inverted bottlenecks at t = 6 stay below it.",
  source: "Ma et al. 2018 (ShuffleNetV2), guideline 1 and Table 1.",
  bad: `network N {\n  input image [32, 32, 16]\n  conv 1x1 256 act=relu\n}\n`,
  good: `network N {\n  input image [32, 32, 16]\n  conv 1x1 64 act=relu\n}\n`,
  near: `// The map is one pixel, so the conv is a matrix of the head and moves little memory.
network N {
  input image [32, 32, 16]
  pool avg
  conv 1x1 256 act=relu
  flatten
}
`,
  check(context) {
    const uneven = context.steps.flatMap((step) => {
      const [input] = step.node.inputs;
      const map = asMap(step.node.shape);
      if (input === undefined || map === null || map.h * map.w === 1 || !isPointwise(step)) return [];
      const from = channelsOf(nodeAt(context.index, input).shape);
      return Math.max(from / map.c, map.c / from) >= factor ? [{ node: step.node, from, to: map.c }] : [];
    });
    const placeOf = ({ node }: (typeof uneven)[number]) => {
      const origin = argumentOrigin(context, node, "filters");
      return origin === null ? statementPlace(context, node) : originPlace(origin);
    };
    return groupByPlace(uneven, placeOf).map(([span, [{ node, from, to }, ...others]]) => ({
      span,
      message: `"${node.path}" makes ${to} channels of ${from}, a ratio of ${Number(Math.max(from / to, to / from).toPrecision(3))}${others.length === 0 ? "" : `, as in ${counted(others.length, "more layer")}`}.`,
      hint: "Use two convs with a width in between, or choose widths that are closer.",
    }));
  },
};
