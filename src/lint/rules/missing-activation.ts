import { activationGaps, addActivation } from "../activation-gaps.ts";
import type { NetworkRule } from "../rule.ts";
import { argumentOrigin, groupByPlace, originPlace, statementPlace } from "../trace-places.ts";

/** Two linear layers with nothing between them that bends. */
export const missingActivation: NetworkRule = {
  id: "missing-activation",
  over: "network",
  category: "correctness",
  severity: "warning",
  summary: "A conv without activation before the next linear layer",
  why: "Two linear layers in a row compute what one could. Stem, expansion, depthwise conv and last conv of the mobile networks are each followed by a non-linearity; a port that forgets one trains, to a lower accuracy. Linear by design, and not found here, are the projections of inverted bottlenecks and depthwise convs without an expansion before them (ShuffleNetV2, MobileNetV4's first); MobileNetV1 activates those too.",
  source:
    "NeuraLint rule 9; ildoonet/tf-pose-estimation issue 279; a widely copied TensorFlow 1 port of MobileNetV2 lacks it after the first and the last conv.",
  bad: `network N {\n  input image [32, 32, 3]\n  stem: conv 3x3 16 stride=2 norm=batch padding=same\n  conv 3x3 16 norm=batch act=relu padding=same\n}\n`,
  good: `network N {\n  input image [32, 32, 3]\n  stem: conv 3x3 16 stride=2 norm=batch act=relu padding=same\n  conv 3x3 16 norm=batch act=relu padding=same\n}\n`,
  near: `// Without an expansion before it, a depthwise conv is linear, as in ShuffleNetV2.
network N {
  input image [32, 32, 3]
  conv 3x3 16 norm=batch act=relu
  depthwise 3x3 norm=batch
  conv 1x1 16 norm=batch act=relu
}
`,
  check(context) {
    const gaps = activationGaps(context);
    const placeOf = ({ step: { node } }: (typeof gaps)[number]) => {
      const origin = argumentOrigin(context, node, "act");
      return origin?.holder?.kind === "attribute" && origin.holder.owner.kind === "call-statement"
        ? originPlace(origin)
        : statementPlace(context, node);
    };
    return groupByPlace(gaps, placeOf).map(([span, [first, ...others]]) => {
      const { step, role, next } = first;
      const fix = addActivation(context, step);
      const more = others.length === 0 ? "" : `, and so in ${others.length} more`;
      return {
        span,
        message: `Nothing bends between ${role} "${step.node.path}" and "${next.node.path}"${more}: two linear layers in a row compute what one could.`,
        hint: `Give "${step.node.path}" an activation.`,
        ...(fix === null ? {} : { fix }),
      };
    });
  },
};
