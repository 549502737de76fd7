import { type AdapterName, nameAdapter } from "./name-adapter.ts";
import { importOptional } from "./import-optional.ts";

/** A WebGPU device in Node. Hold the object as long as the device is used; `close` lets the process end. */
export interface NodeDevice extends AdapterName {
  readonly device: GPUDevice;
  readonly close: () => void;
}

/** `null` validates WGSL, pipelines and bind groups without a driver, and computes nothing. */
export type DawnBackend = "default" | "null";

/**
 * SwiftShader writes each zero of a workgroup's memory as an instruction of its own, so that kernels of 16 KB take seconds to
 * compile; without this the shader zeroes its memory in a loop. Real drivers do not care.
 */
const ZERO_IN_A_LOOP = "disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension";

async function createGpu(backend: DawnBackend): Promise<GPU> {
  const { create } = await importOptional<typeof import("webgpu")>("webgpu", () => import("webgpu"));
  return create(backend === "null" ? ["backend=null"] : [ZERO_IN_A_LOOP]);
}

/** Null where this machine, or this process's environment, has no adapter; of `features` the device has what the adapter has. */
export async function tryNodeDevice(
  backend: DawnBackend = "default",
  features: readonly GPUFeatureName[] = [],
): Promise<NodeDevice | null> {
  let gpu: GPU | null = await createGpu(backend);
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) return null;
  const device = await adapter.requestDevice({
    requiredFeatures: features.filter((feature) => adapter.features.has(feature)),
  });
  return {
    device,
    ...nameAdapter(adapter.info),
    close() {
      if (gpu === null) return;
      device.destroy();
      // Dawn works in the background for as long as this object lives.
      gpu = null;
    },
  };
}

/** A device of the system's adapter through npm's `webgpu`; an error that says what to do where there is none. */
export async function requestNodeDevice(
  backend: DawnBackend = "default",
  features: readonly GPUFeatureName[] = [],
): Promise<NodeDevice> {
  const found = await tryNodeDevice(backend, features);
  if (found !== null) return found;
  throw new Error(
    'No WebGPU adapter was found; install a Vulkan, Metal or Direct3D 12 driver, or on x64 Linux the package "@sparticuz/chromium", which carries a software one.',
  );
}
