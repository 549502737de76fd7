import type { Span } from "./span.ts";

/** Returns a key for a place, for maps: every stage that copies a span makes a new object. */
export function placeKey({ file, start }: Pick<Span, "file" | "start">): string {
  return `${file}\u0000${String(start)}`;
}
