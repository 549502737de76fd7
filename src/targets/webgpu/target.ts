import { error } from "../../diagnostics/diagnostic.ts";
import { defineTarget } from "../target.ts";
import type { OptionSchema } from "../target-option.ts";
import { deviceClasses } from "./cost/device-class.ts";
import { TuningError } from "./files/tuning-error.ts";
import { precisions } from "./schedule/storage-type.ts";

/** What shapes a WebGPU program, and the budgets that it is held to. */
export const webgpuOptions = {
  device: {
    kind: "choice",
    choices: deviceClasses,
    default: "generic",
    placeholder: "class",
    description: "kind of device that the WebGPU program is made fast for",
  },
  precision: {
    kind: "choice",
    choices: precisions,
    default: "f32",
    placeholder: "type",
    description:
      "how the WebGPU program stores weights and values between dispatches; f16 halves both, sums in float32, and needs a device with shader-f16",
  },
  tuning: {
    kind: "record",
    what: "tuning record",
    remedy: "Write it anew: mnet tune SPEC --out FILE.",
    placeholder: "file",
    description: "plan by what mnet tune measured, for its kind of device and its precision",
    read: async (json: unknown) => {
      const { tuningSchema } = await import("./files/tuning-record.ts");
      return tuningSchema.safeParse(json).data ?? null;
    },
  },
  maxDispatches: {
    kind: "count",
    placeholder: "n",
    description: "fail when the WebGPU program takes more dispatches",
  },
  maxMemory: {
    kind: "bytes",
    placeholder: "bytes",
    description: "fail when its activations take more: 3300000, 3.3MB",
  },
} as const satisfies OptionSchema;

/** A folder that runs by itself, in browsers and in Node. */
export const webgpuTarget = defineTarget({
  name: "webgpu",
  title: "WebGPU",
  summary: "a stand-alone WebGPU folder",
  reads: "inference",
  weights: "required",
  options: webgpuOptions,
  async emit({ inference }, weights, options) {
    const { emitWebgpu } = await import("./emit.ts");
    try {
      return emitWebgpu(inference, weights ?? new Map(), options);
    } catch (cause) {
      if (!(cause instanceof TuningError)) throw cause;
      const { remedy } = webgpuOptions.tuning;
      return { files: [], diagnostics: [error("webgpu/tuning", inference.span, cause.message, { hint: remedy })] };
    }
  },
});
