import type { NodeId, ShapedGraph } from "../ir/graph.ts";

/** When block instances begin and end, in positions of `graph.nodes`. */
export interface BlockTimeline {
  /** Position of each value's node. */
  readonly positions: ReadonlyMap<NodeId, number>;
  /** Blocks whose first node stands at this position, the outer ones first. */
  readonly opening: (position: number) => readonly number[];
  /** Blocks that end with the node at this position, the inner ones first; blocks without nodes among them. */
  readonly closing: (position: number) => readonly number[];
  /** True for a block without nodes: its output is its input. */
  readonly isEmpty: (block: number) => boolean;
  /** Position of the block's first node. */
  readonly start: (block: number) => number;
}

const NONE: readonly number[] = [];

/**
 * Finds when each block begins and ends. It takes time linear in nodes and blocks: an empty block climbs to the nearest enclosing block
 * that ends there, and nesting is bounded.
 */
export function blockTimeline(graph: ShapedGraph): BlockTimeline {
  const { blocks, nodes } = graph;
  const positions = new Map<NodeId, number>();
  const first = blocks.map(() => Infinity);
  const last = blocks.map(() => -1);
  const widen = (block: number, from: number, to: number): void => {
    first[block] = Math.min(first[block] ?? Infinity, from);
    last[block] = Math.max(last[block] ?? -1, to);
  };
  for (const [position, node] of nodes.entries()) {
    positions.set(node.id, position);
    if (node.block !== null) widen(node.block, position, position);
  }
  // In pre-order children follow their parent, so from the back every block is complete when its turn comes.
  for (let index = blocks.length - 1; index >= 0; index--) {
    const parent = blocks[index]?.parent ?? null;
    if (parent !== null) widen(parent, first[index] ?? Infinity, last[index] ?? -1);
  }
  const isEmpty = (block: number): boolean => (last[block] ?? -1) < 0;

  const opening = new Map<number, number[]>();
  const closing = new Map<number, number[]>();
  const add = (to: Map<number, number[]>, key: number, block: number): void => {
    const list = to.get(key);
    if (list === undefined) to.set(key, [block]);
    else list.push(block);
  };

  // An empty block hands on the value it met: before the enclosing blocks that end with this value add their inputs, but
  // after the blocks that ended with it earlier.
  const emptyBeforeEndOf = new Map<number, number[]>();
  const emptyAfter = new Map<number, number[]>();
  for (const [index, block] of blocks.entries()) {
    if (!isEmpty(index)) {
      add(opening, first[index] ?? 0, index);
      continue;
    }
    const position = positions.get(block.input) ?? 0;
    let around = block.parent;
    while (around !== null && last[around] !== position) around = blocks[around]?.parent ?? null;
    if (around !== null) add(emptyBeforeEndOf, around, index);
    else add(emptyAfter, position, index);
  }
  for (let index = blocks.length - 1; index >= 0; index--) {
    if (isEmpty(index)) continue;
    const position = last[index] ?? 0;
    for (const empty of emptyBeforeEndOf.get(index) ?? NONE) add(closing, position, empty);
    add(closing, position, index);
  }
  for (const [position, empties] of emptyAfter) for (const empty of empties) add(closing, position, empty);

  return {
    positions,
    opening: (position) => opening.get(position) ?? NONE,
    closing: (position) => closing.get(position) ?? NONE,
    isEmpty,
    start: (block) => first[block] ?? 0,
  };
}
