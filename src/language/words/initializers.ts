import type { Initializer } from "../../ir/initializer.ts";
import { required, word, wordWith, type Word } from "../argument.ts";
import { anyNumber, notNegative } from "../kinds.ts";

const stddev = required(notNegative, "Standard deviation.");

/** How a weight can start. */
export const initializers = {
  he_normal: word("Truncated normal of variance 2 / fan in. He et al. 2015.", ["kaimingnormal"]),
  he_uniform: word("Uniform of variance 2 / fan in. He et al. 2015.", ["kaiminguniform"]),
  glorot_normal: word("Truncated normal of variance 2 / (fan in + fan out). Glorot and Bengio 2010.", ["xaviernormal"]),
  glorot_uniform: word("Uniform of variance 2 / (fan in + fan out). Glorot and Bengio 2010.", ["xavieruniform"]),
  zeros: word("All 0."),
  ones: word("All 1."),
  normal: wordWith("Normal with mean 0: normal(0.02).", { stddev }, "normal(0.01)"),
  truncated_normal: wordWith(
    "Normal with mean 0, within two standard deviations: truncated_normal(0.02).",
    { stddev },
    "truncated_normal(0.01)",
  ),
  constant: wordWith(
    "All of one value: constant(0.1).",
    { value: required(anyNumber, "What each weight is.") },
    "constant(0.01)",
  ),
} as const satisfies Record<Initializer["kind"], Word>;
