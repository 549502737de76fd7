import type { Level } from "./drawing.ts";

/**
 * Returns the items from one place to another as a new level. Edges from earlier items start at its input. Edges to
 * later items end at its output.
 */
export function sliceLevel({ items, edges }: Level, first: number, last: number): Level {
  const size = last - first + 1;
  const clip = (place: number): number => Math.min(Math.max(place - first + 1, 0), size + 1);
  return {
    items: items.slice(first - 1, last),
    edges: edges
      .filter(({ from, to }) => from <= last && to >= first)
      .map((edge) => ({ ...edge, from: clip(edge.from), to: clip(edge.to) })),
  };
}
