import { Option } from "commander";
import { deviceClasses, type DeviceClass } from "../../targets/webgpu/cost/device-class.ts";

export interface DeviceOptions {
  readonly device?: DeviceClass;
}

/** `--device`, of the commands that make a WebGPU program. */
export function deviceOption(fallback: string): Option {
  return new Option(
    "--device <class>",
    `kind of device that the WebGPU program is made fast for (default: ${fallback})`,
  ).choices(deviceClasses);
}
