import type { Fix } from "../../diagnostics/diagnostic.ts";
import type { LinearNode } from "../linear-steps.ts";
import { deleteAttribute } from "../edits.ts";
import type { NetworkContext } from "../network-context.ts";
import type { NetworkRule } from "../rule.ts";
import { areAllOfStatement, argumentOrigin, groupByPlace, originPlace, statementPlace } from "../trace-places.ts";

/** Reports a dilation on a 1x1 kernel, which does nothing. */
export const dilationOn1x1: NetworkRule = {
  id: "dilation-on-1x1",
  over: "network",
  category: "style",
  severity: "info",
  summary: "A dilation on a 1x1 kernel",
  why: "Dilation moves the pixels of a window apart, and a window of one pixel has nothing to move. The attribute does nothing, and its reader looks for what it does.",
  source: "darknet's parse_convolutional, which sets it back to 1.",
  bad: `network N {\n  input image [32, 32, 3]\n  conv 1x1 16 dilation=2 act=relu\n}\n`,
  good: `network N {\n  input image [32, 32, 3]\n  conv 1x1 16 act=relu\n}\n`,
  near: `// The window has one row and three columns, and the dilation sets the columns apart.
network N {
  input image [32, 32, 3]
  conv [1, 3] 16 dilation=2 act=relu
}
`,
  check(context) {
    const idle = context.steps.flatMap(({ node }) =>
      node.op !== "dense" && node.kernel.every((kernel) => kernel === 1) && node.dilation.some((factor) => factor > 1)
        ? [node]
        : [],
    );
    const placeOf = (node: LinearNode) => {
      const origin = argumentOrigin(context, node, "dilation");
      return origin === null ? statementPlace(context, node) : originPlace(origin);
    };
    return groupByPlace(idle, placeOf).map(([span, nodes]) => {
      const [node] = nodes;
      const fix = areAllOfStatement(context, nodes) ? fixOf(context, node) : null;
      return {
        span,
        message: `"${node.path}" has a 1x1 kernel, on which a dilation of ${node.dilation.join("x")} does nothing.`,
        hint: "Leave the dilation out.",
        ...(fix === null ? {} : { fix }),
      };
    });
  },
};

function fixOf(context: NetworkContext, node: LinearNode): Fix | null {
  const origin = argumentOrigin(context, node, "dilation");
  const { holder, scope } = origin ?? {};
  return holder?.kind === "attribute" && holder.owner.kind === "call-statement" && scope?.file.fromLibrary === false
    ? { message: "Leave the dilation out", edits: [deleteAttribute(scope.file, holder.attribute)], safety: "safe" }
    : null;
}
