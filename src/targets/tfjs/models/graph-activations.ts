import type { Activation, ActivationName } from "../../../ir/activation.ts";
import type { GraphWriter } from "./graph-writer.ts";

/** TensorFlow's names of the activations that the fused kernels of tf.js apply. */
const fused: Readonly<Partial<Record<ActivationName, string>>> = {
  relu: "Relu",
  relu6: "Relu6",
  leaky_relu: "LeakyRelu",
  sigmoid: "Sigmoid",
};

export function fusedName(activation: Activation | null): string | null {
  return activation === null ? null : (fused[activation.fn] ?? null);
}

const single: Readonly<Partial<Record<ActivationName, string>>> = {
  relu: "Relu",
  relu6: "Relu6",
  sigmoid: "Sigmoid",
  tanh: "Tanh",
  softmax: "Softmax",
  log_softmax: "LogSoftmax",
  selu: "Selu",
  softplus: "Softplus",
};

/** Writes the nodes that apply an activation to `x`. The last one has the name. */
export function writeActivation(writer: GraphWriter, name: string, { fn, alpha }: Activation, x: string): string {
  const { add, scalar } = writer;
  const op = single[fn];
  if (op !== undefined) return add(name, op, [x]);
  switch (fn) {
    case "leaky_relu":
      return add(name, "LeakyRelu", [x], { alpha: { f: alpha } });
    case "elu": {
      if (alpha === 1) return add(name, "Elu", [x]);
      // Above zero, alpha * elu(x) exceeds x by (alpha - 1) * x, so that term is subtracted.
      const steep = add(`${name}/steep`, "Mul", [add(`${name}/elu`, "Elu", [x]), scalar(alpha)]);
      return add(name, "AddV2", [
        steep,
        add(`${name}/rest`, "Mul", [add(`${name}/relu`, "Relu", [x]), scalar(1 - alpha)]),
      ]);
    }
    case "mish":
      return add(name, "Mul", [x, add(`${name}/tanh`, "Tanh", [add(`${name}/softplus`, "Softplus", [x])])]);
    case "swish":
      return add(name, "Mul", [x, add(`${name}/sigmoid`, "Sigmoid", [x])]);
    case "hswish":
      return add(name, "RealDiv", [add(`${name}/scaled`, "Mul", [x, clipped(writer, name, x)]), scalar(6)]);
    case "hsigmoid":
      return add(name, "RealDiv", [clipped(writer, name, x), scalar(6)]);
    case "gelu": {
      const erf = add(`${name}/erf`, "Erf", [add(`${name}/scaled`, "Mul", [x, scalar(Math.SQRT1_2)])]);
      const share = add(`${name}/share`, "Mul", [add(`${name}/sum`, "AddV2", [erf, scalar(1)]), scalar(0.5)]);
      return add(name, "Mul", [x, share]);
    }
    case "gelu_tanh": {
      const cubed = add(`${name}/cubed`, "Mul", [x, add(`${name}/squared`, "Mul", [x, x])]);
      const bent = add(`${name}/bent`, "AddV2", [x, add(`${name}/bend`, "Mul", [cubed, scalar(0.044715)])]);
      const tanh = add(`${name}/tanh`, "Tanh", [add(`${name}/scaled`, "Mul", [bent, scalar(Math.sqrt(2 / Math.PI))])]);
      const share = add(`${name}/share`, "Mul", [add(`${name}/sum`, "AddV2", [tanh, scalar(1)]), scalar(0.5)]);
      return add(name, "Mul", [x, share]);
    }
    default:
      throw new Error(`internal: no graph node for "${fn}"`);
  }
}

/** relu6(x + 3) */
function clipped({ add, scalar }: GraphWriter, name: string, x: string): string {
  return add(`${name}/clipped`, "Relu6", [add(`${name}/shifted`, "AddV2", [x, scalar(3)])]);
}
