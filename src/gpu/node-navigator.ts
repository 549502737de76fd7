import { importWebgpu } from "./import-webgpu.ts";

/** Gives this process what libraries look for in a page: `navigator.gpu` and the constants of WebGPU. */
export async function installNavigatorGpu(): Promise<void> {
  const { create, globals } = await importWebgpu();
  Object.assign(globalThis, globals);
  const value = { gpu: create([]), userAgent: "Node" };
  Object.defineProperty(globalThis, "navigator", { value, configurable: true });
}
