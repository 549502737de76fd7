import { UnavailableError } from "../machine/unavailable-error.ts";

/** Makes the error of a machine that has neither a GPU nor a software adapter. */
export function noAdapter(): UnavailableError {
  return new UnavailableError(
    "adapter",
    "There is no WebGPU adapter on this machine",
    "Install a Vulkan, Metal or Direct3D 12 driver; on x64 Linux, npm install @sparticuz/chromium tar brings a software one.",
  );
}
