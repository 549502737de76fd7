import { importOptional } from "./import-optional.ts";

/** Gives this process what a page has, `navigator.gpu` and WebGPU's constants, for libraries that ask for no more. */
export async function installNavigatorGpu(): Promise<void> {
  const { create, globals } = await importOptional<typeof import("webgpu")>("webgpu", () => import("webgpu"));
  Object.assign(globalThis, globals);
  const value = { gpu: create([]), userAgent: "Node" };
  Object.defineProperty(globalThis, "navigator", { value, configurable: true });
}
