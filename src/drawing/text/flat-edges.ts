import type { BlockItem, Item, Level } from "../drawing.ts";
import type { Shape } from "../../ir/shape.ts";

/** What is drawn as one node: anything but a block, which is what it holds. */
export type Leaf = Exclude<Item, BlockItem>;

export interface FlatEdge {
  readonly from: Leaf;
  readonly to: Leaf;
  readonly shape: Shape;
  readonly residual: boolean;
}

/** The edges between nodes, through the borders of all blocks; for formats that lay out by themselves. */
export function flatEdges(level: Level): readonly FlatEdge[] {
  const edges: FlatEdge[] = [];
  walk(level, new Set(), edges);
  return edges;
}

/** Adds the edges of a level to `found`. Returns the leaves whose values go out of it; those of `entering` come into it. */
function walk({ items, edges }: Level, entering: ReadonlySet<Leaf>, found: FlatEdge[]): ReadonlySet<Leaf> {
  const values: ReadonlySet<Leaf>[] = [entering];
  const reading = (place: number) =>
    edges
      .filter(({ to }) => to === place)
      .flatMap(({ from, residual }) => [...(values[from] ?? [])].map((leaf) => ({ leaf, residual })));
  for (const [i, item] of items.entries()) {
    const sources = reading(i + 1);
    if (item.kind === "block") {
      values.push(walk(item.level, new Set(sources.map(({ leaf }) => leaf)), found));
      continue;
    }
    for (const { leaf, residual } of sources) found.push({ from: leaf, to: item, shape: leaf.shape, residual });
    values.push(new Set([item]));
  }
  return new Set(reading(items.length + 1).map(({ leaf }) => leaf));
}
