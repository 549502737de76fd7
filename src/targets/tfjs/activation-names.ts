import type { Activation, ActivationName } from "../../ir/activation.ts";
import type { ShapedGraph } from "../../ir/graph.ts";
import type { CustomLayerName } from "./custom-layers.ts";

/** The activations that tf.js and the language share. The others are layers of their own. */
const native: Readonly<Partial<Record<ActivationName, string>>> = {
  relu: "relu",
  relu6: "relu6",
  selu: "selu",
  softplus: "softplus",
  swish: "swish",
  mish: "mish",
  sigmoid: "sigmoid",
  tanh: "tanh",
  gelu: "gelu",
  softmax: "softmax",
};

/** A layer that applies an activation, as a class or factory with its settings. */
interface ActivationLayer {
  readonly layer:
    Extract<CustomLayerName, "HardSwish" | "HardSigmoid" | "LogSoftmax" | "TanhGELU" | "ScaledELU"> | "leakyReLU";
  readonly alpha: number | null;
}

/** The activations of one network, with their names in the module. */
export interface ActivationNames {
  readonly nameOf: (activation: Activation) => string;
  /** The layer to construct if tf.js has no activation with that name, else null. */
  readonly layerOf: (name: string) => ActivationLayer | null;
}

/** Names the activations of a graph. An alpha is part of the name where the network has several. */
export function activationNames(graph: ShapedGraph): ActivationNames {
  const leaky = alphasByName(graph, "leaky_relu", "leakyRelu");
  // tf.js has elu only with alpha 1.
  const scaled = alphasByName(graph, "elu", "scaledElu");
  const named = (names: ReadonlyMap<string, number>, alpha: number, fallback: string): string =>
    [...names].find(([, other]) => other === alpha)?.[0] ?? `${fallback}(${alpha})`;
  return {
    nameOf({ fn, alpha }) {
      if (fn === "leaky_relu") return named(leaky, alpha, "leakyRelu");
      if (fn === "elu") return alpha === 1 ? "elu" : named(scaled, alpha, "scaledElu");
      if (fn === "hswish") return "hardSwish";
      // The types of tf.js lack the name of the first activation. tf.js cannot load a model that has its name of the
      // second.
      if (fn === "log_softmax") return "logSoftmax";
      if (fn === "gelu_tanh") return "tanhGelu";
      return native[fn] ?? "relu6HardSigmoid";
    },
    layerOf(name) {
      if (name === "hardSwish") return { layer: "HardSwish", alpha: null };
      if (name === "relu6HardSigmoid") return { layer: "HardSigmoid", alpha: null };
      if (name === "logSoftmax") return { layer: "LogSoftmax", alpha: null };
      if (name === "tanhGelu") return { layer: "TanhGELU", alpha: null };
      const slope = leaky.get(name);
      if (slope !== undefined) return { layer: "leakyReLU", alpha: slope };
      const alpha = scaled.get(name);
      return alpha === undefined ? null : { layer: "ScaledELU", alpha };
    },
  };
}

/** Returns the alphas of a function in a graph, keyed by the name of the function with that alpha. */
function alphasByName(graph: ShapedGraph, fn: ActivationName, name: string): ReadonlyMap<string, number> {
  const alphas = graph.nodes.flatMap((node) =>
    node.op === "activation" && node.activation.fn === fn ? [node.activation.alpha] : [],
  );
  const distinct = [...new Map(alphas.map((alpha) => [String(alpha), alpha])).values()];
  const listed = fn === "elu" ? distinct.filter((alpha) => alpha !== 1) : distinct;
  return new Map(listed.map((alpha) => [listed.length === 1 ? name : `${name}(${alpha})`, alpha]));
}
