import { Option } from "commander";
import { precisions, type Precision } from "../../targets/webgpu/schedule/storage-type.ts";

export interface PrecisionOptions {
  readonly precision?: Precision;
}

/** `--precision`, of the commands that plan a WebGPU program. */
export function precisionOption(): Option {
  return new Option(
    "--precision <type>",
    "how the WebGPU program stores weights and values between dispatches; f16 halves both, sums in float32, and needs a device with shader-f16 (default: f32)",
  ).choices(precisions);
}
