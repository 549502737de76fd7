import { importWebgpu } from "./import-webgpu.ts";

/** Defines `navigator.gpu` and the constants of WebGPU in this process, because libraries expect them. */
export async function installNavigatorGpu(): Promise<void> {
  const { create, globals } = await importWebgpu();
  Object.assign(globalThis, globals);
  const value = { gpu: create([]), userAgent: "Node" };
  Object.defineProperty(globalThis, "navigator", { value, configurable: true });
}
