import { isOverAxis, type Activation, type ElementwiseActivation } from "../../../ir/activation.ts";
import { typeOf } from "./binding.ts";
import { floatLiteral } from "./float-literal.ts";
import { isNanFunction } from "./not-a-number.ts";

/**
 * WGSL leaves to the device what `clamp`, `min` and `max` make of NaN. So each bound is a comparison: NaN fails it, and comes out
 * as it went in.
 */
interface ActivationSource {
  readonly needs: readonly ("is_nan" | "sigmoid" | "hsigmoid" | "erf" | "relu6" | "elu")[];
  /** Text of the function for element type `T`; empty for `is_nan`, which has a file of its own. */
  readonly text: string;
}

const sources = {
  is_nan: { needs: [], text: "" },
  relu: { needs: [], text: "fn relu(x: T) -> T {\n  return select(x, T(), x < T());\n}" },
  relu6: {
    needs: [],
    text: "fn relu6(x: T) -> T {\n  let low = select(x, T(), x < T());\n  return select(low, T(6.0), low > T(6.0));\n}",
  },
  leaky_relu: {
    needs: [],
    text: "fn leaky_relu(x: T, alpha: f32) -> T {\n  return select(x, alpha * x, x < T());\n}",
  },
  // exp of a positive number may overflow, and is not chosen.
  elu: {
    needs: [],
    text: ["fn elu(x: T, alpha: f32) -> T {", "  return select(x, alpha * (exp(x) - T(1.0)), x < T());", "}"].join(
      "\n",
    ),
  },
  selu: {
    needs: ["elu"],
    text: "fn selu(x: T) -> T {\n  return 1.0507009873554805 * elu(x, 1.6732632423543772);\n}",
  },
  softplus: {
    needs: ["is_nan"],
    text: [
      "fn softplus(x: T) -> T {",
      "  let above = select(x, T(), x < T());",
      "  return select(above + log(T(1.0) + exp(-abs(x))), x, is_nan(x));",
      "}",
    ].join("\n"),
  },
  // tanh(log(1 + e)) is (e * e + 2 e) / (e * e + 2 e + 2), with both sides times exp(-2 x) above zero.
  mish: {
    needs: ["is_nan"],
    text: [
      "fn mish(x: T) -> T {",
      "  let e = exp(-abs(x));",
      "  let above = (T(1.0) + 2.0 * e) / (T(1.0) + 2.0 * e + 2.0 * e * e);",
      "  let below = e * (e + T(2.0)) / (e * (e + T(2.0)) + T(2.0));",
      "  return select(x * select(below, above, x >= T()), x, is_nan(x));",
      "}",
    ].join("\n"),
  },
  // exp of a negative number never overflows.
  sigmoid: {
    needs: ["is_nan"],
    text: [
      "fn sigmoid(x: T) -> T {",
      "  let e = exp(-abs(x));",
      "  return select(select(e, T(1.0), x >= T()) / (T(1.0) + e), x, is_nan(x));",
      "}",
    ].join("\n"),
  },
  swish: { needs: ["sigmoid"], text: "fn swish(x: T) -> T {\n  return x * sigmoid(x);\n}" },
  hsigmoid: { needs: ["relu6"], text: "fn hsigmoid(x: T) -> T {\n  return relu6(x + T(3.0)) / 6.0;\n}" },
  hswish: { needs: ["hsigmoid"], text: "fn hswish(x: T) -> T {\n  return x * hsigmoid(x);\n}" },
  tanh: {
    needs: ["is_nan"],
    text: [
      "fn hyperbolic_tangent(x: T) -> T {",
      "  let e = exp(-2.0 * abs(x));",
      "  let size = (T(1.0) - e) / (T(1.0) + e);",
      "  return select(select(size, -size, x < T()), x, is_nan(x));",
      "}",
    ].join("\n"),
  },
  // Abramowitz and Stegun 7.1.26: |error| <= 1.5e-7.
  erf: {
    needs: [],
    text: [
      "// Abramowitz and Stegun 7.1.26, within 1.5e-7.",
      "fn erf(x: T) -> T {",
      "  let t = T(1.0) / (T(1.0) + 0.3275911 * abs(x));",
      "  let series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;",
      "  let size = T(1.0) - series * exp(-x * x);",
      "  return select(size, -size, x < T());",
      "}",
    ].join("\n"),
  },
  gelu: { needs: ["erf"], text: "fn gelu(x: T) -> T {\n  return 0.5 * x * (T(1.0) + erf(x * 0.7071067811865476));\n}" },
  // 0.5 (1 + tanh(u)) is sigmoid(2 u); the constant is 2 sqrt(2 / pi).
  gelu_tanh: {
    needs: ["sigmoid"],
    text: "fn gelu_tanh(x: T) -> T {\n  return x * sigmoid(1.5957691216057308 * (x + 0.044715 * x * x * x));\n}",
  },
} as const satisfies Record<ElementwiseActivation | "erf" | "is_nan", ActivationSource>;

type SourceName = keyof typeof sources;

function collect(name: SourceName, into: Set<SourceName>): void {
  for (const needed of sources[name].needs) collect(needed, into);
  into.add(name);
}

function sourceName({ fn }: Activation): ElementwiseActivation {
  if (isOverAxis(fn)) throw new Error(`internal: ${fn} is no function of one element`);
  return fn;
}

/** Returns the functions that `activations` call, each once and after those that it calls itself. */
export function activationFunctions(activations: readonly Activation[], lanes: 1 | 4): readonly string[] {
  const names = new Set<SourceName>();
  for (const activation of activations) collect(sourceName(activation), names);
  return [...names].map((name) =>
    name === "is_nan" ? isNanFunction(lanes) : sources[name].text.replace(/\bT\b/g, typeOf(lanes)),
  );
}

/** Returns the call that applies an activation to an expression. */
export function activationCall(activation: Activation, argument: string): string {
  const name = sourceName(activation);
  if (name === "leaky_relu" || name === "elu") return `${name}(${argument}, ${floatLiteral(activation.alpha)})`;
  return `${name === "tanh" ? "hyperbolic_tangent" : name}(${argument})`;
}

/** Returns the expression that applies activations, in order, to an expression. */
export function activateAll(activations: readonly Activation[], argument: string): string {
  return activations.reduce((value, activation) => activationCall(activation, value), argument);
}
