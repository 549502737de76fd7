import { blockRows, type BlockRow } from "../block-rows.ts";
import type { NetworkContext } from "../network-context.ts";
import { originOf } from "../origin.ts";
import type { Finding, NetworkRule } from "../rule.ts";
import { originPlace } from "../trace-places.ts";
import { isWidthParam } from "../width-param.ts";
import { describe } from "../../lower/values/value.ts";

/** Reports a residual that only the rounding of a width adds or removes. */
export const residualFromRounding: NetworkRule = {
  id: "residual-from-rounding",
  over: "network",
  category: "correctness",
  severity: "warning",
  summary: "A residual that the network has at this width and not at width 1, or the reverse",
  why: "A residual is built where channels are equal, and rounding makes unequal channels equal. At a width of 0.25 MobileNetV2's stem and first row both have 8 channels, so the first block gets a sum that it has at no other width. Weights and code for one do not fit the other. Write residual=never on that row if the structure of the paper is meant.",
  source: "Computed, and the same in torchvision: MobileNetV2 at width 0.25 has 11 residuals instead of 10.",
  bad: `network N {\n  param width = 0.25\n  let ch(c) = divisible(c * width, 8)\n  input image [32, 32, 3]\n  default conv norm=batch act=relu6 padding=same\n  default depthwise norm=batch act=relu6 padding=same\n  stem: conv 3x3 ch(32) stride=2\n  bottleneck {\n    | t | ch(c) |\n    | 1 |    16 |\n  }\n  last: conv 1x1 64\n  pool avg\n}\n`,
  good: `network N {\n  param width = 0.25\n  let ch(c) = divisible(c * width, 8)\n  input image [32, 32, 3]\n  default conv norm=batch act=relu6 padding=same\n  default depthwise norm=batch act=relu6 padding=same\n  stem: conv 3x3 ch(32) stride=2\n  bottleneck residual=never {\n    | t | ch(c) |\n    | 1 |    16 |\n  }\n  last: conv 1x1 64\n  pool avg\n}\n`,
  near: `// At 0.5 the stem has 16 channels and the row 8: no residual, as at 1.
network N {
  param width = 0.5
  let ch(c) = divisible(c * width, 8)
  input image [32, 32, 3]
  default conv norm=batch act=relu6 padding=same
  default depthwise norm=batch act=relu6 padding=same
  stem: conv 3x3 ch(32) stride=2
  bottleneck {
    | t | ch(c) |
    | 1 |    16 |
  }
  last: conv 1x1 64
  pool avg
}
`,
  check(context) {
    const { params } = context.graph;
    const width = Object.keys(params).find((name) => isWidthParam(name) && typeof params[name] === "number");
    if (width === undefined || params[width] === 1) return [];
    // Above width 1, channels that differ keep differing, and many presets are that wide.
    if (context.preset !== null && Number(params[width]) > 1) return [];
    const base = context.variant({ [width]: 1 });
    if (base === null) return [];
    const atOne = new Map(
      base.training.blocks.map((block, index) => [block.path, { block, trace: base.trace.blocks[index] }]),
    );
    return blockRows(context).flatMap((row): readonly Finding[] => {
      const changed = row.instances.find(({ path, decision }) => {
        const other = atOne.get(path)?.block.decision;
        return other != null && decision !== null && other.inserted !== decision.inserted;
      });
      const other = changed === undefined ? undefined : atOne.get(changed.path);
      if (changed?.decision == null || other?.block.decision == null) return [];
      const [now, then] = [changed.decision, other.block.decision];
      return [
        {
          span: placeOf(context, row, other.trace),
          message: `At ${width} ${String(params[width])} "${changed.path}" ${now.inserted ? "adds its input" : "does not add its input"} (${now.reason}), and at 1 it ${then.inserted ? "does" : "does not"} (${then.reason}).`,
          hint: now.inserted
            ? "Write residual=never on the row if the structure of width 1 is meant."
            : "Choose a width at which the channels stay equal.",
        },
      ];
    });
  },
};

/** Returns the place of the argument whose value follows the width, else of the row. */
function placeOf(context: NetworkContext, { use, instances }: BlockRow, atOne: BlockRow["use"] | undefined) {
  for (const [name, argument] of use.args) {
    const other = atOne?.args.get(name);
    if (other !== undefined && describe(other.value) !== describe(argument.value)) {
      return originPlace(originOf(context.trace, argument));
    }
  }
  return instances[0].span;
}
