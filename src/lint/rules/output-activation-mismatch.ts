import { isOverAxis } from "../../ir/activation.ts";
import type { Fix } from "../../diagnostics/diagnostic.ts";
import { nodeAt, type ShapedNode, type ShapedNodeOf } from "../../ir/graph.ts";
import { channelsOf } from "../../ir/shape.ts";
import { isClassifier } from "../classes.ts";
import { replace } from "../edits.ts";
import type { NetworkContext } from "../network-context.ts";
import type { Finding, NetworkRule } from "../rule.ts";
import { argumentOrigin, layerOf, originPlace, statementPlace } from "../trace-places.ts";

type Activation = ShapedNodeOf<"activation">;

/** Reports a last activation that does not fit the number of classes. */
export const outputActivationMismatch: NetworkRule = {
  id: "output-activation-mismatch",
  over: "network",
  category: "correctness",
  severity: "warning",
  summary: "A last activation that does not fit the number of classes",
  why: "Softmax over one class is 1 for every picture. Softmax of softmax makes all answers nearly equal. A relu on the logits, often a default that reached the last layer, gives every unlikely class the same value.",
  source: "NeuraLint rules 8, 12, 15, 17 and 20; UMLAUT's NoSoftmaxActivationError.",
  bad: `network N {\n  param classes = 1\n  input image [8, 8, 16]\n  pool avg\n  flatten\n  dense classes act=softmax\n}\n`,
  good: `network N {\n  param classes = 1\n  input image [8, 8, 16]\n  pool avg\n  flatten\n  dense classes act=sigmoid\n}\n`,
  near: `// Sigmoid over many classes is right if several can be true at once, as in sounds.
network N {
  param classes = 8
  input sound [96, 64, 1]
  conv 3x3 8 stride=2 padding=same act=relu
  pool avg
  flatten
  dense classes act=sigmoid
}
`,
  check(context) {
    if (!isClassifier(context)) return [];
    const [last, ...before] = outputActivations(context);
    if (last === undefined) return [];
    const classes = channelsOf(last.shape);
    const { fn } = last.activation;
    const doubled = before.find(({ activation }) => isOverAxis(activation.fn));
    if (isOverAxis(fn) && doubled !== undefined) {
      return [
        finding(
          context,
          last,
          `"${fn}" is applied to the result of ${doubled.activation.fn}.`,
          "Keep one of them.",
          null,
        ),
      ];
    }
    if (isOverAxis(fn) && classes === 1) {
      return [
        finding(
          context,
          last,
          `"${fn}" over one class is ${fn === "softmax" ? 1 : 0} for every picture.`,
          "Use sigmoid, or two classes.",
          "sigmoid",
        ),
      ];
    }
    if (!["relu", "relu6", "leaky_relu"].includes(fn) || readsMap(context, last)) return [];
    const message = `"${fn}" cuts the logits of ${classes} classes off at zero.`;
    return [finding(context, last, message, "Give the last layer act=none.", "none")];
  },
};

/** Returns the activations between the classifier and the output, last one first. Reshapes and dropout may stand between them. */
function outputActivations({ graph, index }: NetworkContext): readonly Activation[] {
  const found: Activation[] = [];
  let id = graph.outputs.at(-1)?.node;
  while (id !== undefined) {
    const node: ShapedNode = nodeAt(index, id);
    if (node.op === "activation") found.push(node);
    else if (node.op !== "flatten" && node.op !== "squeeze" && node.op !== "dropout") break;
    [id] = node.inputs;
  }
  return found;
}

/** True for a relu that follows a pool and not the classifier, as the head of SqueezeNet may have it. */
function readsMap({ index }: NetworkContext, node: Activation): boolean {
  const [input] = node.inputs;
  const before = input === undefined ? undefined : nodeAt(index, input);
  return before?.op === "global_pool" || before?.op === "pool";
}

function finding(
  context: NetworkContext,
  node: Activation,
  message: string,
  hint: string,
  instead: string | null,
): Finding {
  const layer = layerOf(context, node);
  const key = layer?.statement.callee.text === "act" ? "function" : "act";
  const origin = argumentOrigin(context, node, key);
  const fix: Fix | null =
    instead === null ||
    origin === null ||
    origin.scope.file.fromLibrary ||
    origin.holder?.kind === "value" ||
    (origin.holder?.kind === "attribute" && origin.holder.owner.kind === "default")
      ? null
      : { message: `Make it ${instead}`, edits: [replace(origin.expression.span, instead)], safety: "suggestion" };
  return {
    span: origin === null ? statementPlace(context, node) : originPlace(origin),
    message,
    hint,
    ...(fix === null ? {} : { fix }),
  };
}
