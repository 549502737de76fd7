import type { BlockItem, Item, Level } from "../drawing.ts";
import type { Shape } from "../../ir/shape.ts";

/** An item that is drawn as one node: any item except a block, because a block is drawn as its content. */
export type Leaf = Exclude<Item, BlockItem>;

export interface FlatEdge {
  readonly from: Leaf;
  readonly to: Leaf;
  readonly shape: Shape;
  readonly residual: boolean;
}

/** Returns the edges between nodes without regard to block borders, for text formats that compute their own layout. */
export function flatEdges(level: Level): readonly FlatEdge[] {
  const edges: FlatEdge[] = [];
  walk(level, new Set(), edges);
  return edges;
}

/**
 * Adds the edges of a level to `found`. `entering` are the leaves whose values enter the level. Returns the leaves
 * whose values leave it.
 */
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
