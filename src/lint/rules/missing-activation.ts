import { activationGaps, addActivation } from "../activation-gaps.ts";
import { counted } from "../../text/counted.ts";
import type { NetworkRule } from "../rule.ts";
import { argumentOrigin, groupByPlace, originPlace, statementPlace } from "../trace-places.ts";

/** Reports two linear layers without an activation between them. */
export const missingActivation: NetworkRule = {
  id: "missing-activation",
  over: "network",
  category: "correctness",
  severity: "warning",
  summary: "A conv without an activation before the next linear layer",
  why: "Two linear layers in a row compute what one could. In the mobile networks an activation follows the stem, the expansion, the depthwise conv and the last conv. A port that forgets one trains, to a lower accuracy. Two kinds of layers are linear by design and are not reported: the projections of inverted bottlenecks, and depthwise convs without an expansion before them (ShuffleNetV2, the first of MobileNetV4). MobileNetV1 activates these depthwise convs.",
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
      const more = others.length === 0 ? "" : `, as in ${counted(others.length, "more place")}`;
      return {
        span,
        message: `No activation stands between ${role} "${step.node.path}" and "${next.node.path}"${more}: two linear layers in a row compute what one could.`,
        hint: `Give "${step.node.path}" an activation.`,
        ...(fix === null ? {} : { fix }),
      };
    });
  },
};
