import type { ActivationName } from "../../ir/activation.ts";
import { word, type Word } from "../argument.ts";
import { none } from "./none.ts";

/** The activations, and `none`. */
export const activations = {
  relu: word("max(x, 0)."),
  relu6: word("min(max(x, 0), 6)."),
  leaky_relu: word("x above 0, alpha * x below."),
  swish: word("x * sigmoid(x). Ramachandran et al. 2017; also SiLU.", ["silu"]),
  hswish: word("x * relu6(x + 3) / 6. Howard et al. 2019.", ["hardswish"]),
  sigmoid: word("1 / (1 + exp(-x))."),
  hsigmoid: word("relu6(x + 3) / 6.", ["hardsigmoid"]),
  tanh: word("Hyperbolic tangent."),
  gelu: word("x * Φ(x), exact. Hendrycks and Gimpel 2016."),
  softmax: word("exp(x) over its sum along the last axis."),
  none,
} as const satisfies Record<ActivationName | "none", Word>;
