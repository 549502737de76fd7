import type { Fix } from "../../diagnostics/diagnostic.ts";
import type { ShapedNodeOf } from "../../ir/graph.ts";
import { figureChanges, figuresOf } from "../figures.ts";
import { shortCount } from "../short-count.ts";
import { replace } from "../edits.ts";
import { referencesIn } from "../expression-references.ts";
import type { NetworkContext } from "../network-context.ts";
import type { Origin } from "../origin.ts";
import type { NetworkRule } from "../rule.ts";
import { argumentOrigin, groupByPlace, originPlace } from "../trace-places.ts";
import { isWidthParam } from "../width-param.ts";
import { counted } from "../../text/counted.ts";

/** Reports a depthwise multiplier that follows the width or another param of the network. */
export const dwMultiplierMisuse: NetworkRule = {
  id: "dw-multiplier-misuse",
  over: "network",
  category: "correctness",
  severity: "error",
  summary: "A depthwise channel multiplier that follows a param of the network",
  why: "MobileNet has two multipliers. The width multiplier thins every layer. The channel multiplier of a depthwise conv says how many maps it makes of each channel, and is 1 in every published network of this kind. A channel multiplier that follows the width, or any other param of the network, widens the depthwise convs alone: at 2 the network costs more than twice as much, and below 1 it does not exist. A multiplier that is written as a number is taken as meant.",
  source:
    "Keras' depth_multiplier beside alpha: keras issue 10349, tensorflow/models issue 3493, ildoonet/tf-mobilenet-v2 issue 12, guoqiangqi/PFLD issue 26, keras-applications issue 63.",
  bad: `network N {\n  param width = 2.0\n  input image [32, 32, 16]\n  depthwise 3x3 multiplier=width norm=batch act=relu6\n  pool avg\n}\n`,
  good: `network N {\n  param width = 2.0\n  input image [32, 32, 16]\n  conv 1x1 divisible(16 * width, 8) norm=batch act=relu6\n  depthwise 3x3 norm=batch act=relu6\n  pool avg\n}\n`,
  near: `// The param is not a width, and is 1 as in the published networks.
network N {
  param maps = 1
  input image [32, 32, 16]
  depthwise 3x3 multiplier=maps norm=batch act=relu6
  pool avg
}
`,
  check(context) {
    const bound = context.steps.flatMap(({ node }) => {
      if (node.op !== "depthwise") return [];
      const origin = argumentOrigin(context, node, "multiplier");
      if (origin === null) return [];
      const param = paramIn(context, origin);
      return param !== null && (node.multiplier > 1 || isWidthParam(param)) ? [{ node, origin, param }] : [];
    });
    return groupByPlace(bound, ({ origin }) => originPlace(origin)).map(([span, group]) => {
      const [{ node, origin, param }] = group;
      const fix: Fix | null = origin.scope.file.fromLibrary
        ? null
        : {
            message: "Make one map of each channel",
            edits: [replace(origin.expression.span, "1")],
            safety: "suggestion",
          };
      const layers = group.length === 1 ? `"${node.path}" makes` : `${group.length} depthwise convs make`;
      return {
        span,
        message: `${layers} ${counted(node.multiplier, "map")} of each channel, as the param "${param}" says${costOf(context, node, param)}.`,
        hint: isWidthParam(param)
          ? "Leave the multiplier at 1: a width multiplier belongs to the filters of the convs."
          : "Leave the multiplier at 1, or write it as a number if it is meant.",
        ...(fix === null ? {} : { fix }),
      };
    });
  },
};

/** Returns a param of the network that the value is computed from; null if there is none. */
function paramIn(context: NetworkContext, { expression, scope }: Origin): string | null {
  if (scope.kind !== "network") return null;
  return referencesIn(expression).find(({ name }) => Object.hasOwn(context.graph.params, name))?.name ?? null;
}

/** Says what the multiplier costs, compared with the same network with the param at 1. */
function costOf(context: NetworkContext, { multiplier }: ShapedNodeOf<"depthwise">, param: string): string {
  if (multiplier === 1 || isWidthParam(param)) return "";
  const plain = context.variant({ [param]: 1 });
  if (plain === null) return "";
  const changes = figureChanges(figuresOf(plain.training), figuresOf(context.graph));
  const by = (figure: string) => changes.find((change) => change.figure === figure)?.by ?? 0;
  return `: ${shortCount(by("multiply-adds"))} multiply-adds and ${shortCount(by("trainable parameters"))} parameters more than with 1`;
}
