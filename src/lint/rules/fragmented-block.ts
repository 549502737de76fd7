import type { ShapedNodeOf } from "../../ir/graph.ts";
import type { NetworkRule } from "../rule.ts";
import { groupByPlace } from "../trace-places.ts";
import { counted } from "../../text/counted.ts";

/** Branches are reported from this many paths on. */
const fewest = 4;

/** Reports branches of many paths. */
export const fragmentedBlock: NetworkRule = {
  id: "fragmented-block",
  over: "network",
  category: "efficiency",
  severity: "off",
  summary: "A branch of many paths side by side",
  why: "Each path has a few launches of its own, which are too small to fill a GPU: four paths side by side run at a third of the speed of one path with the same multiply-adds. Inception and MixNet pay that price for accuracy. Branches are reported from 4 paths on.",
  source: "Ma et al. 2018 (ShuffleNetV2), guideline 3 and Table 3; MixNet's k3.5.7.9.11.",
  bad: `network N {\n  input image [32, 32, 16]\n  branch concat {\n    path { conv 1x1 8 act=relu }\n    path { conv 3x3 8 act=relu }\n    path { conv 5x5 8 act=relu }\n    path { conv 7x7 8 act=relu }\n  }\n}\n`,
  good: `network N {\n  input image [32, 32, 16]\n  branch concat {\n    path { conv 1x1 16 act=relu }\n    path { conv 3x3 16 act=relu }\n  }\n}\n`,
  near: `// Four convs, but never more than two paths side by side.
network N {
  input image [32, 32, 16]
  branch concat {
    path { conv 1x1 16 act=relu }
    path { conv 3x3 16 act=relu }
  }
  branch concat {
    path { conv 1x1 16 act=relu }
    path { conv 3x3 16 act=relu }
  }
}
`,
  check(context) {
    const wide = context.graph.nodes.filter(
      (node): node is ShapedNodeOf<"add" | "sub" | "concat" | "mul"> =>
        (node.op === "add" || node.op === "sub" || node.op === "concat" || node.op === "mul") &&
        node.inputs.length >= fewest,
    );
    return groupByPlace(wide, (node) => context.trace.branches.get(node.path)?.join.span ?? node.span).map(
      ([span, [node, ...others]]) => ({
        span,
        message: `"${node.path}" joins ${node.inputs.length} paths${others.length === 0 ? "" : `, as in ${counted(others.length, "more place")}`}.`,
        hint: "Use fewer and wider paths.",
      }),
    );
  },
};
