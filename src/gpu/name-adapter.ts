/** What is said of an adapter. */
export interface AdapterName {
  /** What the adapter calls itself, `SwiftShader Device (Subzero)`. */
  readonly name: string;
  /** A CPU plays the GPU. */
  readonly isSoftware: boolean;
}

/** Browsers leave most of the description empty; what is there tells a software adapter also where nothing flags it. */
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
