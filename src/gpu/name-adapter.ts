/** The name of an adapter, for people. */
export interface AdapterName {
  /** The name that the adapter gives itself: `SwiftShader Device (Subzero)`. */
  readonly name: string;
  /** True for a software adapter, which runs on the CPU. */
  readonly isSoftware: boolean;
}

/**
 * Names an adapter by its own description. Browsers leave most of the description empty and may not mark a software
 * adapter, so known names of software adapters are also recognised.
 */
export function nameAdapter(
  info: Pick<GPUAdapterInfo, "vendor" | "architecture" | "device" | "description" | "isFallbackAdapter">,
): AdapterName {
  const vendor = [info.vendor, info.architecture].filter((part) => part !== "").join(" ");
  const name = info.description || info.device || vendor || "unnamed adapter";
  return {
    name,
    isSoftware: info.isFallbackAdapter || /swiftshader|llvmpipe|basic render/i.test(`${name} ${info.architecture}`),
  };
}
