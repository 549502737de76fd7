import type { Fix } from "../../diagnostics/diagnostic.ts";
import { nodeAt, type ShapedNode } from "../../ir/graph.ts";
import type { Initializer } from "../../ir/initializer.ts";
import { weightSlots } from "../../ir/op.ts";
import { rounded } from "../../text/rounded.ts";
import { channelsOf } from "../../ir/shape.ts";
import type { Span } from "../../text/span.ts";
import { counted } from "../../text/counted.ts";
import { kernelFans } from "../../weights/fans.ts";
import { replace } from "../edits.ts";
import type { LinearNode } from "../linear-steps.ts";
import type { NetworkContext } from "../network-context.ts";
import type { Finding, NetworkRule } from "../rule.ts";
import { argumentOrigin, groupByPlace, originPlace } from "../trace-places.ts";

/** A deviation may be this many times He's at most, and this part of it at least. */
const most = 3;
const least = 1 / 30;

/** Reports weights and biases whose first values make training fail. */
export const initOutOfRange: NetworkRule = {
  id: "init-out-of-range",
  over: "network",
  category: "correctness",
  severity: "warning",
  summary: "Weights that start too large, too small or all alike, or biases that do not start at zero",
  why: `A layer keeps the size of its signal if its weights start with a deviation near sqrt(2 / fan in). Far above it, activations saturate (ReLU6 at 6) and the gradients of the other layers vanish. Far below it, the signal fades. If all weights start with one value, all filters that read the same channels learn the same. Deviations of more than ${most} times that size or less than a ${Math.round(1 / least)}th of it are reported. The bias of a hidden layer has no reason to start anywhere but at zero; that of a last layer may state what is likely before any training.`,
  source:
    "He et al. 2015, section 2.2; slim starts MobileNetV2 at 0.09, and a TensorFlow 1 port of it at 1.0; NeuraLint rules 4 and 24; TheDeepChecker.",
  bad: `network N {\n  input image [32, 32, 64]\n  conv 3x3 64 act=relu init=normal(1.0)\n  pool avg\n}\n`,
  good: `network N {\n  input image [32, 32, 64]\n  conv 3x3 64 act=relu init=he_normal\n  pool avg\n}\n`,
  near: `// 0.06 is close to sqrt(2 / 576) = 0.059, each filter of a depthwise reads its own channel, and a last bias of -2.19 says that few pixels are hits.
network N {
  input image [32, 32, 64]
  branch add {
    path {
      conv 3x3 64 act=relu init=normal(0.06)
      depthwise 1x1 bias=false init=constant(0.1)
    }
    path { }
  }
  conv 1x1 4 act=sigmoid bias_init=constant(-2.19)
}
`,
  check(context) {
    const nodes = context.steps.map(({ node }) => node);
    return [...kernelFindings(context, nodes), ...biasFindings(context, nodes)];
  },
};

function kernelFindings(context: NetworkContext, nodes: readonly LinearNode[]): readonly Finding[] {
  const judged = nodes.flatMap((node) => {
    const deviation = deviationOf(node.init);
    if (deviation === 0 && filtersReadApart(context, node)) return [];
    const place = placeOf(context, node, "init");
    if (deviation === null || place === null) return [];
    const ratio = deviation / Math.sqrt(2 / fanIn(context, node));
    return deviation === 0 || ratio > most || ratio < least ? [{ node, deviation, ratio, place }] : [];
  });
  return groupByPlace(judged, ({ place }) => place).map(([span, group]) => {
    const worst = group.reduce((a, b) => (Math.abs(Math.log(b.ratio)) > Math.abs(Math.log(a.ratio)) ? b : a));
    const { node, deviation, ratio } = worst;
    const he = Math.sqrt(2 / fanIn(context, node));
    const layers =
      group.length === 1
        ? ""
        : `, and ${counted(group.length - 1, "more layer")} ${group.length === 2 ? "is" : "are"} out of range`;
    const fix = fixOf(context, node, "init", node.op === "dense" ? "glorot_uniform" : "he_normal");
    return {
      span,
      message:
        deviation === 0
          ? `All weights of "${node.path}" start with one value, so all its filters learn the same${group.length === 1 ? "" : `, as in ${counted(group.length - 1, "more layer")}`}.`
          : `"${node.path}" starts with a deviation of ${rounded(deviation, 3)}, ${ratio > 1 ? `${rounded(ratio, 3)} times` : `one ${rounded(1 / ratio, 3)}th of`} sqrt(2 / ${fanIn(context, node)}) = ${rounded(he, 3)}${layers}.`,
      hint: `Start with init=${node.op === "dense" ? "glorot_uniform" : "he_normal"}.`,
      ...(fix === null ? {} : { fix }),
    };
  });
}

function biasFindings(context: NetworkContext, nodes: readonly LinearNode[]): readonly Finding[] {
  const off = nodes.flatMap((node) => {
    const place =
      node.bias && node.biasInit.kind !== "zeros" && !isPrior(context, node)
        ? placeOf(context, node, "bias_init")
        : null;
    return place === null ? [] : [{ node, place }];
  });
  return groupByPlace(off, ({ place }) => place).map(([span, group]) => {
    const [{ node }] = group;
    const fix = fixOf(context, node, "bias_init", "zeros");
    return {
      span,
      message: `The bias of ${group.length === 1 ? `"${node.path}" starts` : `${group.length} layers starts`} at ${startOf(node.biasInit)}, not at 0.`,
      hint: "Start with bias_init=zeros.",
      ...(fix === null ? {} : { fix }),
    };
  });
}

/** True if no two filters read the same channel, as in a depthwise: filters that start alike then learn different things. */
function filtersReadApart({ index }: NetworkContext, node: LinearNode): boolean {
  if (node.op === "depthwise") return node.multiplier === 1;
  const [input] = node.inputs;
  return node.op === "conv" && input !== undefined && node.groups === channelsOf(nodeAt(index, input).shape)
    ? node.groups === node.filters
    : false;
}

/** True for a constant bias of a last layer, which states how likely its answers are. */
function isPrior({ stepAt, uses }: NetworkContext, node: LinearNode): boolean {
  if (node.biasInit.kind !== "constant") return false;
  const pending: ShapedNode[] = [...(uses.get(node.id) ?? [])];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (stepAt.has(next.id)) return false;
    pending.push(...(uses.get(next.id) ?? []));
  }
  return true;
}

/** Returns the deviation of an initialiser's values; null if it follows from the fans. */
function deviationOf(init: Initializer): number | null {
  switch (init.kind) {
    case "normal":
      return init.stddev;
    case "truncated_normal":
      // A normal that is cut at two deviations keeps 0.8796 of its deviation.
      return init.stddev * 0.8796;
    case "zeros":
    case "ones":
    case "constant":
      return 0;
    case "he_normal":
    case "he_uniform":
    case "glorot_normal":
    case "glorot_uniform":
      return null;
  }
}

function startOf(init: Initializer): string {
  switch (init.kind) {
    case "constant":
      return String(init.value);
    case "ones":
      return "1";
    default:
      return "random values";
  }
}

function fanIn(context: NetworkContext, node: LinearNode): number {
  const shapes = node.inputs.map((id) => nodeAt(context.index, id).shape);
  const kernel = weightSlots(node, shapes).find((slot) => slot.name === "kernel");
  return kernel === undefined ? 1 : kernelFans(node.op, kernel.shape, node.op === "conv" ? node.groups : 1).in;
}

function placeOf(context: NetworkContext, node: LinearNode, key: "init" | "bias_init"): Span | null {
  const origin = argumentOrigin(context, node, key);
  return origin === null ? null : originPlace(origin);
}

function fixOf(context: NetworkContext, node: LinearNode, key: "init" | "bias_init", value: string): Fix | null {
  const origin = argumentOrigin(context, node, key);
  if (origin === null || origin.scope.file.fromLibrary || origin.expression.kind === "reference") return null;
  return {
    message: `Start with ${value}`,
    edits: [replace(origin.expression.span, value)],
    safety: "suggestion",
  };
}
