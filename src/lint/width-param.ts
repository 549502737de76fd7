const widthNames = new Set(["width", "alpha", "width_multiplier", "width_mult", "widen_factor", "depth_multiplier"]);

/** True for a name that papers and frameworks give the factor on all channels. */
export function isWidthParam(name: string): boolean {
  return widthNames.has(name);
}
