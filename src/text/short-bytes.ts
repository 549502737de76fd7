import { rounded } from "./rounded.ts";

/** Formats a number of bytes with at most three digits and a decimal unit: `3.2 MB`. */
export function shortBytes(bytes: number): string {
  // 999 600 is 1 MB, not 1000 kB.
  if (bytes >= 999_500) return `${rounded(bytes / 1e6, 3)} MB`;
  return bytes >= 1e3 ? `${rounded(bytes / 1e3, 3)} kB` : `${bytes} B`;
}
