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
};

/** Writes the nodes that apply an activation to `x`. The last one has the name. */
export function writeActivation(writer: GraphWriter, name: string, { fn, alpha }: Activation, x: string): string {
  const { add, scalar } = writer;
  const op = single[fn];
  if (op !== undefined) return add(name, op, [x]);
  switch (fn) {
    case "leaky_relu":
      return add(name, "LeakyRelu", [x], { alpha: { f: alpha } });
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
    default:
      throw new Error(`internal: no graph node for "${fn}"`);
  }
}

/** relu6(x + 3) */
function clipped({ add, scalar }: GraphWriter, name: string, x: string): string {
  return add(`${name}/clipped`, "Relu6", [add(`${name}/shifted`, "AddV2", [x, scalar(3)])]);
}
