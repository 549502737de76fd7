import { UnavailableError } from "./unavailable-error.ts";

/** What a verb says that finds no GPU and no software one; `otherwise` is what else could be done. */
export function noAdapter(otherwise = ""): UnavailableError {
  return new UnavailableError("There is no WebGPU adapter on this machine", {
    hint: `Install a Vulkan, Metal or Direct3D 12 driver; on x64 Linux, npm install @sparticuz/chromium tar brings a software one.${otherwise}`,
  });
}
