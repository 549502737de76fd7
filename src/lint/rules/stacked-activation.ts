import type { Fix } from "../../diagnostics/diagnostic.ts";
import { formatActivation, isOverAxis, type ActivationName } from "../../ir/activation.ts";
import { nodeAt, type ShapedNodeOf } from "../../ir/graph.ts";
import { counted } from "../../text/counted.ts";
import { deleteStatement, setAttribute } from "../edits.ts";
import type { NetworkContext } from "../network-context.ts";
import type { NetworkRule } from "../rule.ts";
import {
  areAllOfStatement,
  argumentOrigin,
  groupByPlace,
  layerOf,
  originPlace,
  statementPlace,
} from "../trace-places.ts";

type Activation = ShapedNodeOf<"activation">;

/** Reports an activation on the result of another. */
export const stackedActivation: NetworkRule = {
  id: "stacked-activation",
  over: "network",
  category: "correctness",
  severity: "warning",
  summary: "Two activations in a row",
  why: "A second activation rarely helps: relu after relu does nothing, sigmoid after relu is never below one half, and relu before softmax gives all unlikely classes the same value. Usually one of the two came from a default that the author had forgotten.",
  source: "NeuraLint rule 3.",
  bad: `network N {\n  input image [32, 32, 3]\n  conv 3x3 16 act=relu\n  act relu\n  pool avg\n}\n`,
  good: `network N {\n  input image [32, 32, 3]\n  conv 3x3 16 act=relu\n  pool avg\n}\n`,
  near: `// The sum stands between the two: relu is applied to what two paths add up to.
network N {
  input image [32, 32, 16]
  branch add {
    path { conv 3x3 16 act=relu }
    path { conv 1x1 16 act=relu }
  }
  act relu
  pool avg
}
`,
  check(context) {
    const stacked = context.graph.nodes.flatMap((node) => {
      const before = node.op === "activation" ? activationBefore(context, node) : null;
      return node.op === "activation" && before !== null ? [{ node, before }] : [];
    });
    return groupByPlace(stacked, ({ node }) => placeOf(context, node)).map(([span, [{ node, before }, ...others]]) => {
      const [first, second] = [before.activation.fn, node.activation.fn];
      const idle = changesNothing(first, second);
      const nodes = [node, ...others.map((other) => other.node)] as const;
      // Where only some uses of a block are idle, the edit changes the others.
      const always =
        idle &&
        others.every((other) => changesNothing(other.before.activation.fn, other.node.activation.fn)) &&
        areAllOfStatement(context, nodes);
      const fix = fixOf(context, node, always);
      return {
        span,
        message: `"${node.path}" applies ${formatActivation(node.activation)} to the result of ${formatActivation(before.activation)}${idle ? ", which changes nothing" : ""}${others.length === 0 ? "" : `, as in ${counted(others.length, "more place")}`}.`,
        hint: "Keep one of them.",
        ...(fix === null ? {} : { fix }),
      };
    });
  },
};

/** Returns the activation before, directly or with reshapes and dropout between. Softmax on softmax is left to another rule. */
function activationBefore(context: NetworkContext, node: Activation): Activation | null {
  let [id] = node.inputs;
  while (id !== undefined) {
    const before = nodeAt(context.index, id);
    if (before.op === "activation") {
      return isOverAxis(before.activation.fn) && isOverAxis(node.activation.fn) ? null : before;
    }
    if (before.op !== "flatten" && before.op !== "squeeze" && before.op !== "dropout") return null;
    [id] = before.inputs;
  }
  return null;
}

/** True if the second activation leaves every result of the first as it is. */
function changesNothing(first: ActivationName, second: ActivationName): boolean {
  const positive = ["relu", "relu6", "sigmoid", "hsigmoid", "softmax", "softplus"].includes(first);
  const belowSix = ["relu6", "sigmoid", "hsigmoid", "softmax"].includes(first);
  return (
    positive && (second === "relu" || second === "leaky_relu" || second === "elu" || (second === "relu6" && belowSix))
  );
}

function placeOf(context: NetworkContext, node: Activation) {
  const origin = argumentOrigin(context, node, "act");
  return origin === null ? statementPlace(context, node) : originPlace(origin);
}

function fixOf(context: NetworkContext, node: Activation, idle: boolean): Fix | null {
  const layer = layerOf(context, node);
  if (layer === null || layer.scope.file.fromLibrary) return null;
  const { statement, scope } = layer;
  const { file } = scope;
  const alone = statement.callee.text === "act";
  // The doc comment would go to the next statement, and the label may be read elsewhere.
  if (alone && (statement.doc !== null || statement.label !== null)) return null;
  return {
    message: `Leave ${formatActivation(node.activation)} out`,
    edits: [alone ? deleteStatement(file, statement) : setAttribute(file, statement, "act", "none")],
    safety: idle ? "safe" : "suggestion",
  };
}
