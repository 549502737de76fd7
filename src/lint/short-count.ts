import { grouped } from "../text/grouped.ts";

/** Writes a count as `35 133 440 (35.1 M)`; below a million without the short form. */
export function shortCount(value: number): string {
  return value < 1e6 ? grouped(value) : `${grouped(value)} (${(value / 1e6).toFixed(1)} M)`;
}
