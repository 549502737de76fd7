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
      "purpose of the tf.js module: train for a trainable model, infer for a faster model with folded weights that only predicts",
  },
  quantize: {
    kind: "choice",
    choices: quantizations,
    default: null,
    placeholder: "type",
    description:
      "store the kernels of the tf.js models in fewer bytes; the build measures and prints the change of the output",
  },
} as const satisfies OptionSchema;

/** A readable module. With weights, the build also has models that tf.js loads without the module's code. */
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
