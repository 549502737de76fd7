import { type AdapterName, nameAdapter } from "./name-adapter.ts";
import { importWebgpu } from "./import-webgpu.ts";
import { noAdapter } from "./no-adapter.ts";

/** A WebGPU device in Node. `close` destroys the device and lets the process end. */
export interface NodeDevice extends AdapterName {
  readonly device: GPUDevice;
  readonly close: () => void;
}

/** `null` checks WGSL, pipelines and bind groups without a driver. It computes nothing. */
export type DawnBackend = "default" | "null";

/**
 * Makes shaders zero their workgroup memory in a loop. SwiftShader otherwise writes each zero as an instruction of its own,
 * and kernels with 16 KB of that memory take seconds to compile. Real drivers are as fast with either form.
 */
const ZERO_IN_A_LOOP = "disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension";

/**
 * The instances of Dawn that this process has made. They are kept until it ends: Dawn works in threads of its own, and a process whose
 * garbage collector frees an instance during that work crashes or waits for ever. A kept instance lets the process end.
 */
const instances = new Map<DawnBackend, Promise<GPU>>();

async function createInstance(backend: DawnBackend): Promise<GPU> {
  const { create } = await importWebgpu();
  return create(backend === "null" ? ["backend=null"] : [ZERO_IN_A_LOOP]);
}

/** Returns the process's instance of a backend, and makes it at the first call. */
function instanceOf(backend: DawnBackend): Promise<GPU> {
  const made = instances.get(backend) ?? createInstance(backend);
  instances.set(backend, made);
  return made;
}

/**
 * Opens a device of the system's adapter through npm's `webgpu`.
 *
 * @param features features that the device gets where the adapter has them
 * @returns null where this machine, or the environment of this process, has no adapter
 * @throws UnavailableError where the package is not installed
 */
export async function tryNodeDevice(
  backend: DawnBackend = "default",
  features: readonly GPUFeatureName[] = [],
): Promise<NodeDevice | null> {
  const gpu = await instanceOf(backend);
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) return null;
  const device = await adapter.requestDevice({
    requiredFeatures: features.filter((feature) => adapter.features.has(feature)),
  });
  return {
    device,
    ...nameAdapter(adapter.info),
    close() {
      device.destroy();
    },
  };
}

/**
 * Opens a device as {@link tryNodeDevice} does.
 *
 * @throws UnavailableError where there is no adapter, with what to do
 */
export async function requestNodeDevice(
  backend: DawnBackend = "default",
  features: readonly GPUFeatureName[] = [],
): Promise<NodeDevice> {
  const found = await tryNodeDevice(backend, features);
  if (found !== null) return found;
  throw noAdapter();
}
