import { nodeAt } from "../../ir/graph.ts";
import { asMap } from "../../ir/shape.ts";
import type { NetworkRule } from "../rule.ts";
import { argumentOrigin, groupByPlace, originPlace, statementPlace } from "../trace-places.ts";

/** Reports layers that shrink the map and the channels at once. */
export const widthShape: NetworkRule = {
  id: "width-shape",
  over: "network",
  category: "style",
  severity: "off",
  summary: "Channels that shrink while the map shrinks",
  why: "Classifiers trade extent for channels: where a stride leaves a quarter of the pixels, the channels usually double, so that each layer can still carry what the image holds. A layer that shrinks both is a narrow place, and no later layer restores what is lost there. Projections of bottlenecks keep the map and are not reported.",
  source: "NeuraLint rules 16, 19 and 23; Simonyan and Zisserman 2015, section 2.1.",
  bad: `network N {\n  input image [32, 32, 64]\n  conv 3x3 32 stride=2 padding=same act=relu\n}\n`,
  good: `network N {\n  input image [32, 32, 64]\n  conv 3x3 128 stride=2 padding=same act=relu\n}\n`,
  near: `// The map shrinks, and the channels stay.
network N {
  input image [32, 32, 64]
  conv 3x3 64 stride=2 padding=same act=relu
}
`,
  check(context) {
    const narrow = context.steps.flatMap(({ node }) => {
      const [input] = node.inputs;
      const before = input === undefined ? null : asMap(nodeAt(context.index, input).shape);
      const after = asMap(node.shape);
      if (before === null || after === null || node.op === "dense") return [];
      return after.h * after.w > 1 && after.h < before.h && after.c < before.c ? [{ node, before, after }] : [];
    });
    const placeOf = ({ node }: (typeof narrow)[number]) => {
      const origin = argumentOrigin(context, node, "filters");
      return origin === null ? statementPlace(context, node) : originPlace(origin);
    };
    return groupByPlace(narrow, placeOf).map(([span, [{ node, before, after }, ...others]]) => ({
      span,
      message: `"${node.path}" takes ${before.h}x${before.w}x${before.c} to ${after.h}x${after.w}x${after.c}: fewer pixels and fewer channels at once${others.length === 0 ? "" : `, and so do ${others.length} more`}.`,
      hint: "Give it as many channels as come in, or more.",
    }));
  },
};
