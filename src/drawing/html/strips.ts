import type { Item, Level } from "../drawing.ts";
import { foldRows } from "../fold-rows.ts";
import { cutAtSingleEdges } from "../layout/cut-level.ts";
import { sliceLevel } from "../slice-level.ts";

/** A part of a graph with one incoming and one outgoing edge. It can be shown separately, folded or unfolded. */
export interface Strip {
  readonly folded: Level;
  /** Null if nothing in it can be folded. */
  readonly unfolded: Level | null;
}

/** Cuts a graph into strips. The strips in order, one below the other, are the whole graph. */
export function stripsOf(level: Level): readonly Strip[] {
  const folded = foldRows(level);
  /** For every place of the folded level, the first corresponding place of the unfolded level. */
  const starts = [1];
  for (const item of folded.items)
    starts.push((starts.at(-1) ?? 1) + (item.kind === "fold" ? item.instances.length : 1));
  return cutAtSingleEdges(folded).map((piece) => {
    const first = piece[0] ?? 1;
    const last = piece.at(-1) ?? 1;
    const strip = sliceLevel(folded, first, last);
    const whole = strip.items.some(holdsFold)
      ? sliceLevel(level, starts[first - 1] ?? 1, (starts[last] ?? 1) - 1)
      : null;
    return { folded: strip, unfolded: whole };
  });
}

function holdsFold(item: Item): boolean {
  return item.kind === "fold" || (item.kind === "block" && item.level.items.some(holdsFold));
}
