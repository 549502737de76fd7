/** The name of an adapter, for people. */
export interface AdapterName {
  /** The name that the adapter gives itself: `SwiftShader Device (Subzero)`. */
  readonly name: string;
  /** True where a CPU plays the GPU. */
  readonly isSoftware: boolean;
}

/**
 * Names an adapter by what it says of itself. Browsers leave most of that empty, and may not flag a software adapter, so the
 * known names of software adapters are looked for as well.
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
