import { defineTarget } from "../target.ts";
import { quantizations } from "./models/quantization.ts";
import type { OptionSchema } from "../target-option.ts";
import { languages } from "./language.ts";

const tfjsOptions = {
  lang: {
    kind: "choice",
    choices: languages,
    default: "ts",
    placeholder: "lang",
    description: "language of the tf.js module",
  },
  mode: {
    kind: "choice",
    choices: ["train", "infer"],
    default: "train",
    placeholder: "mode",
    description:
      "what the tf.js module is for: a model that trains, or one that only predicts, on folded weights, faster",
  },
  quantize: {
    kind: "choice",
    choices: quantizations,
    default: null,
    placeholder: "type",
    description:
      "store the kernels of the tf.js models in fewer bytes; what it does to the output is measured and said",
  },
} as const satisfies OptionSchema;

/** A module as a person would write it; with weights also the models that tf.js loads as they are. */
export const tfjsTarget = defineTarget({
  name: "tfjs",
  title: "tf.js",
  summary: "a tf.js module",
  reads: "both",
  weights: "optional",
  options: tfjsOptions,
  needsWeights: ({ mode, quantize }) => mode === "infer" || quantize !== undefined,
  async emit(network, weights, { lang = tfjsOptions.lang.default, mode, quantize = null }) {
    const { emitTfjsBuild } = await import("./emit-build.ts");
    return emitTfjsBuild(network, weights, { language: lang, predicts: mode === "infer", quantization: quantize });
  },
  async measure(network, weights, { quantize }, image) {
    if (quantize === undefined) return null;
    const { measureQuantization } = await import("./measure-quantization.ts");
    return measureQuantization(network, weights, quantize, image);
  },
});
