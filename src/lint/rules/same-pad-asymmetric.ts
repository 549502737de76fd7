import type { Fix } from "../../diagnostics/diagnostic.ts";
import type { DefaultDeclaration } from "../../syntax/ast.ts";
import { setAttribute } from "../edits.ts";
import type { LinearStep } from "../linear-steps.ts";
import type { NetworkContext } from "../network-context.ts";
import type { NetworkRule } from "../rule.ts";
import { argumentOrigin, layerOf, originPlace, statementPlace } from "../trace-places.ts";

/** Reports a default padding where the conventions of TensorFlow and PyTorch differ. */
export const samePadAsymmetric: NetworkRule = {
  id: "same-pad-asymmetric",
  over: "network",
  category: "portability",
  severity: "info",
  summary: "Stride 2 on an even map without a stated padding",
  why: "At stride 2 TensorFlow pads an even map by 0 before and 1 after, PyTorch by 1 and 1. Shapes and counts agree, values do not: weights of one with the padding of the other see every image a pixel off, and lose accuracy without a message. A spec that says padding=same or padding=torch has no such finding.",
  source:
    "MMdnn issue 153, tensornets issue 25, keras issues 19291 and 16363, nncase issue 166, XNNPACK issue 2596, EfficientNet-PyTorch issue 235.",
  bad: `network N {\n  input image [32, 32, 3]\n  conv 3x3 16 stride=2 norm=batch act=relu\n}\n`,
  good: `network N {\n  input image [32, 32, 3]\n  conv 3x3 16 stride=2 norm=batch act=relu padding=same\n}\n`,
  near: `// Patches of 2x2 divide the map, so nothing is padded.
network N {
  input image [32, 32, 3]
  conv 2x2 16 stride=2 norm=batch act=relu
}
`,
  check(context) {
    const open = context.steps.filter((step) => isOpen(context, step));
    return (["conv", "depthwise"] as const).flatMap((op) => {
      const steps = open.filter(({ node }) => node.op === op);
      const [first, ...others] = steps;
      if (first === undefined || first.node.op === "dense") return [];
      const [before, after] = uneven(first) ?? [0, 1];
      const layers = others.length === 0 ? `"${first.node.path}" pads` : `${steps.length} ${op} layers pad`;
      const fix = fixOf(context, op, steps);
      const place = strideOf(context, first);
      return [
        {
          span: place,
          message: `${layers} ${before} before the map and ${after} after it, PyTorch's weights expect ${torchPad(first)} and ${torchPad(first)}, and the spec does not say which is meant.`,
          hint: "Write padding=same for TensorFlow's weights, padding=torch for PyTorch's.",
          related: others
            .map((step) => strideOf(context, step))
            .filter(
              (span, index, all) =>
                span.start !== place.start && all.findIndex((other) => other.start === span.start) === index,
            )
            .map((span) => ({ message: "and here", span })),
          ...(fix === null ? {} : { fix }),
        },
      ];
    });
  },
};

function isOpen(context: NetworkContext, step: LinearStep): boolean {
  return (
    step.node.op !== "dense" &&
    step.node.padding === "same" &&
    uneven(step) !== null &&
    argumentOrigin(context, step.node, "padding") === null
  );
}

/** Returns the pads before and after a strided axis if they differ, else null. */
function uneven({ node }: LinearStep): readonly [number, number] | null {
  if (node.op === "dense") return null;
  const [top, bottom, left, right] = node.pads;
  if (node.stride[0] > 1 && top !== bottom) return [top, bottom];
  return node.stride[1] > 1 && left !== right ? [left, right] : null;
}

function torchPad({ node }: LinearStep): number {
  return node.op === "dense" ? 0 : Math.floor((node.dilation[0] * (node.kernel[0] - 1)) / 2);
}

function strideOf(context: NetworkContext, { node }: LinearStep) {
  const origin = argumentOrigin(context, node, "stride");
  return origin === null ? statementPlace(context, node) : originPlace(origin);
}

/** Returns a fix that states the present padding, on the op's default if there is one, else on each statement. */
function fixOf(context: NetworkContext, op: "conv" | "depthwise", steps: readonly LinearStep[]): Fix | null {
  const message = "Write the current padding, padding=same";
  const declared = context.declaration.body.find(
    (statement): statement is DefaultDeclaration => statement.kind === "default" && statement.op.text === op,
  );
  if (declared !== undefined) {
    const edits = [setAttribute(context.program.entry, declared, "padding", "same")];
    return { message, edits, safety: "safe" };
  }
  const layers = steps.map(({ node }) => layerOf(context, node)).filter((layer) => layer !== null);
  if (layers.some((layer) => layer.scope.file.fromLibrary)) return null;
  const statements = new Map(layers.map((layer) => [layer.statement, layer.scope.file]));
  const edits = [...statements].map(([statement, file]) => setAttribute(file, statement, "padding", "same"));
  return { message, edits, safety: "safe" };
}
