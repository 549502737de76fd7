import type { Activation, ActivationName } from "../../ir/activation.ts";
import type { ShapedGraph } from "../../ir/graph.ts";

/** The activations that tf.js and the language share. The others are layers of their own. */
const native: Readonly<Partial<Record<ActivationName, string>>> = {
  relu: "relu",
  relu6: "relu6",
  swish: "swish",
  sigmoid: "sigmoid",
  tanh: "tanh",
  gelu: "gelu",
  softmax: "softmax",
};

/** The activations of one network by the names its module calls them. */
export interface ActivationNames {
  readonly nameOf: (activation: Activation) => string;
  /** Returns the class or factory of a layer, with its setting, or null where tf.js has an activation of that name. */
  readonly layerOf: (
    name: string,
  ) => { readonly layer: "HardSwish" | "HardSigmoid" | "leakyReLU"; readonly alpha: number | null } | null;
}

export function activationNames(graph: ShapedGraph): ActivationNames {
  const slopes = new Map<string, number>();
  for (const node of graph.nodes) {
    if (node.op === "activation" && node.activation.fn === "leaky_relu")
      slopes.set(String(node.activation.alpha), node.activation.alpha);
  }
  const leakyName = (alpha: number) => (slopes.size === 1 ? "leakyRelu" : `leakyRelu(${alpha})`);
  const leaky = new Map([...slopes.values()].map((alpha) => [leakyName(alpha), alpha]));
  return {
    nameOf({ fn, alpha }) {
      if (fn === "leaky_relu") return leakyName(alpha);
      if (fn === "hswish") return "hardSwish";
      return native[fn] ?? "relu6HardSigmoid";
    },
    layerOf(name) {
      if (name === "hardSwish") return { layer: "HardSwish", alpha: null };
      if (name === "relu6HardSigmoid") return { layer: "HardSigmoid", alpha: null };
      const alpha = leaky.get(name);
      return alpha === undefined ? null : { layer: "leakyReLU", alpha };
    },
  };
}
