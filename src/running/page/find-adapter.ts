import { type AdapterName, nameAdapter } from "../../gpu/name-adapter.ts";
import { UnavailableError } from "../../machine/unavailable-error.ts";

export interface FoundAdapter extends AdapterName {
  /** An adapter can give only one device. */
  readonly adapter: GPUAdapter;
}

const HINT = "Open the page in a browser with WebGPU.";

/**
 * Returns the WebGPU adapter of the browser.
 *
 * @throws UnavailableError with the reason if there is none
 */
export async function findAdapter(): Promise<FoundAdapter> {
  // The type of `navigator` says that `gpu` always exists, but some browsers lack it.
  const { gpu } = navigator as { readonly gpu?: GPU };
  if (gpu === undefined) {
    const reason = globalThis.isSecureContext
      ? "This browser has no WebGPU."
      : "Browsers allow WebGPU only on secure pages: over https or from localhost.";
    throw new UnavailableError("adapter", reason, HINT);
  }
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" }).catch(() => null);
  if (adapter === null) {
    throw new UnavailableError("adapter", "This browser has WebGPU, but found no adapter for it.", HINT);
  }
  return { adapter, ...nameAdapter(adapter.info) };
}
