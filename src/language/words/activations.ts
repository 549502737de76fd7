import { usualEluAlpha, usualSlope, type ActivationName } from "../../ir/activation.ts";
import { defaulted, word, wordWith, type Word } from "../argument.ts";
import { anyNumber, oneOf } from "../kinds.ts";
import { usualPreluSlope } from "../../ir/ops/prelu.ts";
import { none } from "./none.ts";

const slope = defaulted(anyNumber, usualSlope, "Slope below 0.", { elsewhere: ["negativeslope"] });
const slopeStart = defaulted(anyNumber, usualPreluSlope, "The slope that each channel starts with.");
const depth = defaulted(anyNumber, usualEluAlpha, "The function falls to -alpha.");
const approximate = defaulted(
  oneOf({ none: word("The exact function."), tanh: word("Hyperbolic tangent.") }),
  "none",
  "`tanh` takes 0.5 x (1 + tanh(sqrt(2 / π) (x + 0.044715 x³))) in place of the exact function.",
);

/** The activations, and `none`. */
export const activations = {
  relu: word("max(x, 0)."),
  relu6: word("min(max(x, 0), 6)."),
  leaky_relu: wordWith("x above 0, alpha * x below.", { alpha: slope }, "leaky_relu(0.1)", ["leakyrelu", "lrelu"]),
  prelu: wordWith(
    "x above 0, a slope * x below; each channel learns its slope. He et al. 2015.",
    { init: slopeStart },
    "prelu(0.25)",
  ),
  elu: wordWith("x above 0, alpha * (exp(x) - 1) below. Clevert et al. 2015.", { alpha: depth }, "elu(0.5)"),
  selu: word("1.0507 * elu(x) with alpha 1.6733, which keeps mean 0 and variance 1. Klambauer et al. 2017."),
  softplus: word("log(1 + exp(x))."),
  swish: word("x * sigmoid(x). Ramachandran et al. 2017; also SiLU.", ["silu"]),
  mish: word("x * tanh(softplus(x)). Misra 2019."),
  hswish: word("x * relu6(x + 3) / 6. Howard et al. 2019.", ["hardswish"]),
  sigmoid: word("1 / (1 + exp(-x)).", ["logistic"]),
  hsigmoid: word("relu6(x + 3) / 6.", ["hardsigmoid"]),
  tanh: word("Hyperbolic tangent."),
  gelu: wordWith("x * Φ(x), exact. Hendrycks and Gimpel 2016.", { approximate }, "gelu(tanh)"),
  softmax: word("exp(x) over its sum along the last axis."),
  log_softmax: word("Logarithm of softmax along the last axis.", ["logsoftmax"]),
  none,
} as const satisfies Record<Exclude<ActivationName, "gelu_tanh"> | "prelu" | "none", Word>;

type FunctionName = Exclude<keyof typeof activations, "none">;

/** The names of the activations, `none` left out. */
export const functionNames: readonly FunctionName[] = (Object.keys(activations) as (keyof typeof activations)[]).filter(
  (name) => name !== "none",
);

/**
 * Activations of other frameworks that the language has under no name, in lower case without `_`. Their names are near to
 * those of other functions.
 */
export const foreignActivations: ReadonlySet<string> = new Set([
  ...["glu", "reglu", "geglu", "swiglu", "celu", "crelu", "rrelu", "srelu", "frelu", "relu1", "relu2", "squaredrelu"],
  ...[
    "hardtanh",
    "hardshrink",
    "softshrink",
    "tanhshrink",
    "softsign",
    "softmin",
    "logsigmoid",
    "threshold",
    "quickgelu",
  ],
]);
