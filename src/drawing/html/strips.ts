import type { Item, Level } from "../drawing.ts";
import { foldRows } from "../fold-rows.ts";
import { cutAtSingleEdges } from "../layout/cut-level.ts";
import { sliceLevel } from "../slice-level.ts";

/** A part of a graph that hangs on its neighbours by one edge each, and so can be shown by itself, folded or not. */
export interface Strip {
  readonly folded: Level;
  /** Null where nothing in it folds. */
  readonly unfolded: Level | null;
}

/** Cuts a graph into strips; below each other they are the graph. */
export function stripsOf(level: Level): readonly Strip[] {
  const folded = foldRows(level);
  /** Of every place of the folded level the first of its places in the whole one. */
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
