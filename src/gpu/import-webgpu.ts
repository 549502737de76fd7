import { importOptional } from "../machine/import-optional.ts";

/**
 * Imports npm's `webgpu`, which is Dawn for Node.
 *
 * @throws UnavailableError where it is not installed or does not load
 */
export function importWebgpu(): Promise<typeof import("webgpu")> {
  return importOptional("webgpu", "WebGPU in Node", () => import("webgpu"));
}
