import { grouped } from "../text/grouped.ts";

/** `35 133 440 (35.1 M)`, and without the short form below a million. */
export function shortCount(value: number): string {
  return value < 1e6 ? grouped(value) : `${grouped(value)} (${(value / 1e6).toFixed(1)} M)`;
}
