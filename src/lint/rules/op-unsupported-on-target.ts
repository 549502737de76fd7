import type { Fix } from "../../diagnostics/diagnostic.ts";
import { formatActivation, type ActivationName } from "../../ir/activation.ts";
import { nodeAt, type ShapedNode } from "../../ir/graph.ts";
import type { OpName } from "../../ir/op.ts";
import { replace } from "../edits.ts";
import { isVector } from "../network-roles.ts";
import type { DeviceTarget } from "../device-targets.ts";
import type { NetworkContext } from "../network-context.ts";
import type { NetworkRule } from "../rule.ts";
import { argumentOrigin, groupByPlace, layerOf, originPlace, statementPlace } from "../trace-places.ts";

/** Something that a target lacks. `key` is the argument that asks for it, or null if the whole statement does. */
interface Lack {
  readonly key: string | null;
  readonly what: string;
  /** What the target has that does nearly the same. */
  readonly instead?: string;
}

/** Reports ops that a target of the configuration does not have. */
export const opUnsupportedOnTarget: NetworkRule = {
  id: "op-unsupported-on-target",
  over: "network",
  category: "portability",
  severity: "error",
  summary: "An op that a target of the configuration does not have",
  why: "An accelerator runs a network up to the first op that it lacks and leaves the rest to the processor, which is many times slower, often without a message. EfficientNet-Lite exists because an Edge TPU has neither swish nor squeeze-and-excitation. The configuration names the targets of a project; without a target this rule finds nothing.",
  source:
    "Coral's table of ops and google-coral/edgetpu issues 272 and 353; the README of EfficientNet-Lite; tensorflow/tpu issue 556; tfjs-layers 4.22; hollance/neural-engine, unsupported layers.",
  settings: { targets: ["edge-tpu"] },
  bad: `network N {\n  input image [32, 32, 3]\n  conv 3x3 16 act=hswish\n}\n`,
  good: `network N {\n  input image [32, 32, 3]\n  conv 3x3 16 act=relu6\n}\n`,
  near: `// An Edge TPU has sigmoid, and multiplies two maps of one size.
network N {
  input image [32, 32, 3]
  branch mul {
    path { conv 3x3 16 act=relu6 }
    path { conv 3x3 16 act=sigmoid }
  }
}
`,
  check(context) {
    const lacking = context.targets.flatMap((target) =>
      context.graph.nodes.flatMap((node) => {
        const lack = lacks[target](context, node);
        return lack === null ? [] : [{ target, node, lack }];
      }),
    );
    const placeOf = ({ node, lack }: (typeof lacking)[number]) => {
      const origin = lack.key === null ? null : argumentOrigin(context, node, argumentKey(context, node, lack.key));
      return origin === null ? statementPlace(context, node) : originPlace(origin);
    };
    return groupByPlace(lacking, placeOf).map(([span, group]) => {
      const [{ target, node, lack }] = group;
      const fix = fixOf(context, node, lack);
      const more = new Set(group.map((other) => other.node.id)).size - 1;
      return {
        span,
        message: `${names[target]} has no ${lack.what}, which "${node.path}" needs${more === 0 ? "" : `, and so do ${more} more`}.`,
        hint:
          lack.instead === undefined
            ? "Do without it, or leave this target out."
            : `Use ${lack.instead}, or leave this target out.`,
        ...(fix === null ? {} : { fix }),
      };
    });
  },
};

const names: Readonly<Record<DeviceTarget, string>> = {
  "edge-tpu": "An Edge TPU",
  "tfjs-layers": "The layers API of tf.js",
  "apple-neural-engine": "Apple's neural engine",
};

const noneOnEdgeTpu = new Set<string>([
  ...["hswish", "hsigmoid", "swish", "mish", "gelu", "gelu_tanh", "leaky_relu", "elu", "selu", "softplus"],
  "log_softmax",
]);
/** What an Edge TPU has in place of a function; relu6 for the others. */
const edgeTpuHas: Readonly<Partial<Record<ActivationName, string>>> = { hsigmoid: "sigmoid", log_softmax: "softmax" };
/** Ops that no layer of tf.js computes in all their forms, in words. */
const ownLayers: Readonly<Partial<Record<OpName, string>>> = {
  conv_transpose: "transposed conv of any padding",
  depth_to_space: "depth to space",
  space_to_depth: "space to depth",
};
const noneInTfjsLayers = new Set<string>(["hswish", "hsigmoid", "gelu_tanh", "log_softmax"]);

const lacks: Readonly<Record<DeviceTarget, (context: NetworkContext, node: ShapedNode) => Lack | null>> = {
  "edge-tpu"(context, node) {
    if (node.op === "activation" && noneOnEdgeTpu.has(node.activation.fn)) {
      const { fn } = node.activation;
      return { key: "act", what: formatActivation(node.activation), instead: edgeTpuHas[fn] ?? "relu6" };
    }
    if (node.op === "conv" && node.groups > 1) return { key: "groups", what: "conv in groups" };
    if (node.op === "shuffle") return { key: null, what: "channel shuffle" };
    const gate = node.op === "mul" && node.inputs.some((id) => isVector(nodeAt(context.index, id)));
    return gate ? { key: null, what: "fast squeeze-and-excitation" } : null;
  },
  "tfjs-layers"(_, node) {
    const own = ownLayers[node.op];
    if (own !== undefined) return { key: null, what: own };
    if (node.op === "activation" && noneInTfjsLayers.has(node.activation.fn))
      return { key: "act", what: formatActivation(node.activation) };
    if (node.op === "conv" && node.groups > 1) return { key: "groups", what: "conv in groups" };
    const slides = node.op === "conv" || node.op === "depthwise" || node.op === "pool";
    const padded = slides && node.padding !== "same" && node.padding !== "valid" && node.pads.some((pad) => pad > 0);
    return padded ? { key: "padding", what: "padding other than same and valid", instead: "padding=same" } : null;
  },
  "apple-neural-engine"(_, node) {
    if ((node.op === "conv" || node.op === "depthwise") && node.dilation.some((factor) => factor > 1)) {
      return { key: "dilation", what: "dilated conv" };
    }
    if (node.op !== "pool") return null;
    if (Math.max(...node.kernel) > 13) return { key: "kernel", what: "pool of more than 13x13" };
    return Math.max(...node.stride) > 2 ? { key: "stride", what: "pool with a stride above 2" } : null;
  },
};

/** Returns the name of the argument in its statement. In an `act` statement the activation is the positional argument. */
function argumentKey(context: NetworkContext, node: ShapedNode, key: string): string {
  return key === "act" && layerOf(context, node)?.statement.callee.text === "act" ? "function" : key;
}

function fixOf(context: NetworkContext, node: ShapedNode, { key, instead }: Lack): Fix | null {
  if (key !== "act" || instead === undefined) return null;
  const origin = argumentOrigin(context, node, argumentKey(context, node, key));
  if (origin?.expression.kind !== "reference" || origin.scope.file.fromLibrary) return null;
  // A param or let may be used elsewhere, so only the name of the activation itself is replaced.
  if (node.op !== "activation" || origin.expression.name !== node.activation.fn) return null;
  return { message: `Use ${instead}`, edits: [replace(origin.expression.span, instead)], safety: "suggestion" };
}
