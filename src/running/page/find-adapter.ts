import { type AdapterName, nameAdapter } from "../../gpu/name-adapter.ts";
import { UnavailableError } from "../../machine/unavailable-error.ts";

export interface FoundAdapter extends AdapterName {
  /** An adapter gives one device. */
  readonly adapter: GPUAdapter;
}

const HINT = "Open the page in a browser with WebGPU.";

/**
 * Finds the WebGPU adapter of the browser.
 *
 * @throws UnavailableError where there is none, with the reason in a sentence
 */
export async function findAdapter(): Promise<FoundAdapter> {
  // The types say that `gpu` is always there.
  const { gpu } = navigator as { readonly gpu?: GPU };
  if (gpu === undefined) {
    const reason = globalThis.isSecureContext
      ? "This browser has no WebGPU."
      : "Browsers give WebGPU to secure pages only, by https or from localhost.";
    throw new UnavailableError("adapter", reason, HINT);
  }
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" }).catch(() => null);
  if (adapter === null) {
    throw new UnavailableError("adapter", "This browser has WebGPU, but found no adapter for it.", HINT);
  }
  return { adapter, ...nameAdapter(adapter.info) };
}
