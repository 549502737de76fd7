const factors: Readonly<Record<string, number>> = {
  K: 1e3,
  M: 1e6,
  G: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

/** Returns `3600000`, `"3.6M"` or `"7MiB"` as a number. K, M and G are decimal, as in a spec. The schema has checked the text. */
export function parseQuantity(written: number | string): number {
  if (typeof written === "number") return written;
  const [, digits = "", suffix = ""] = /^([\d.]+)(\w*)$/.exec(written) ?? [];
  // Number() parses "3.6e6" exactly. The product 3.6 * 1e6 would have a rounding error.
  const factor = factors[suffix] ?? 1;
  return Number.isInteger(Math.log10(factor))
    ? Number(`${digits}e${Math.round(Math.log10(factor))}`)
    : Number(digits) * factor;
}
