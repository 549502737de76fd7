import type { Span } from "./span.ts";

/** Returns a map key for a place. Spans cannot be keys themselves, because each stage copies them. */
export function placeKey({ file, start }: Pick<Span, "file" | "start">): string {
  return `${file}\u0000${String(start)}`;
}
