import { type AdapterName, nameAdapter } from "../../gpu/name-adapter.ts";

export interface FoundAdapter extends AdapterName {
  /** Good for one device. */
  readonly adapter: GPUAdapter;
}

/** The browser's adapter, or in a sentence why there is none. */
export async function findAdapter(): Promise<FoundAdapter | string> {
  // The types say that it is always there.
  const { gpu } = navigator as { readonly gpu?: GPU };
  if (gpu === undefined) {
    return globalThis.isSecureContext
      ? "This browser has no WebGPU."
      : "Browsers give WebGPU to secure pages only, by https or from localhost.";
  }
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" }).catch(() => null);
  return adapter === null
    ? "This browser has WebGPU, but found no adapter for it."
    : { adapter, ...nameAdapter(adapter.info) };
}
