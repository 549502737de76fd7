import type { Edge } from "../drawing.ts";
import type { Piece } from "./cut-level.ts";
import { Graph, layout, type DagreGraph } from "./dagre.ts";
import type { Size } from "./measure-box.ts";
import type { Point } from "./picture.ts";

/** The vertical distance between two items: space for an edge and its shape label. */
export const rankGap = 34;
const sideGap = 26;
/** Space above and below items that are side by side, where edges diverge and join. */
const fanGap = 16;

/**
 * The positions of the items of a piece. `x` is the centre of an item, relative to the piece's centre. `y` is the top
 * of an item, relative to the piece's top.
 */
export interface ArrangedPiece extends Size {
  readonly places: ReadonlyMap<number, Point>;
  /** The points through which an edge passes between its ends, by {@link routeKey}. */
  readonly routes: ReadonlyMap<string, readonly Point[]>;
}

/** Returns the key of an edge's route inside a piece. An end outside the piece is null. */
export function routeKey(from: number | null, to: number | null): string {
  return `${String(from)} ${String(to)}`;
}

/** Lays out the items between two cuts. */
export function arrangePiece(piece: Piece, edges: readonly Edge[], sizes: readonly Size[]): ArrangedPiece {
  const [only] = piece;
  const inside = new Set(piece);
  const passing = edges.some(({ from, to }) => from < (only ?? 0) && to > (piece.at(-1) ?? 0));
  if (only !== undefined && piece.length === 1 && !passing) {
    return { ...sizeAt(sizes, only), places: new Map([[only, { x: 0, y: 0 }]]), routes: new Map() };
  }
  return arrangeByDagre(joinChains(piece, edges, inside), edges, inside, sizes);
}

/**
 * A sequence of items without branches is given to the layout as one box. This is faster and keeps the items in a
 * straight line.
 */
function joinChains(piece: Piece, edges: readonly Edge[], inside: ReadonlySet<number>): readonly (readonly number[])[] {
  const before = new Map<number, Set<number>>();
  const behind = new Map<number, Set<number>>();
  const note = (map: Map<number, Set<number>>, key: number, value: number): unknown =>
    map.get(key)?.add(value) ?? map.set(key, new Set([value]));
  for (const { from, to } of edges) {
    note(before, to, from);
    note(behind, from, to);
  }
  const chains: number[][] = [];
  const chainOf = new Map<number, number[]>();
  for (const item of piece) {
    const [source, ...others] = before.get(item) ?? [];
    const follows = source !== undefined && inside.has(source) && others.length === 0 && behind.get(source)?.size === 1;
    const chain = follows ? chainOf.get(source) : undefined;
    if (chain === undefined) {
      const fresh = [item];
      chains.push(fresh);
      chainOf.set(item, fresh);
    } else {
      chain.push(item);
      chainOf.set(item, chain);
    }
  }
  return chains;
}

const ENTRY = "entry";
const EXIT = "exit";

function arrangeByDagre(
  chains: readonly (readonly number[])[],
  edges: readonly Edge[],
  inside: ReadonlySet<number>,
  sizes: readonly Size[],
): ArrangedPiece {
  const graph = new Graph();
  graph.setGraph({ nodesep: sideGap, edgesep: sideGap / 2, ranksep: rankGap });
  const chainOf = new Map<number, string>();
  for (const [index, chain] of chains.entries()) {
    for (const item of chain) chainOf.set(item, String(index));
    const parts = chain.map((item) => sizeAt(sizes, item));
    graph.setNode(String(index), {
      width: Math.max(...parts.map(({ width }) => width)),
      height: parts.reduce((sum, { height }) => sum + height, (parts.length - 1) * rankGap),
    });
  }
  const [least, most] = [Math.min(...inside), Math.max(...inside)];
  const passes: { readonly key: string; readonly from: string; readonly to: string }[] = [];
  for (const { from, to } of edges) {
    if (from > most || to < least) continue;
    const start = inside.has(from) ? (chainOf.get(from) ?? ENTRY) : ENTRY;
    const end = inside.has(to) ? (chainOf.get(to) ?? EXIT) : EXIT;
    if (start === end) continue;
    for (const name of [start, end]) if (name === ENTRY || name === EXIT) graph.setNode(name, { width: 0, height: 0 });
    graph.setEdge(start, end, {});
    passes.push({ key: routeKey(inside.has(from) ? from : null, inside.has(to) ? to : null), from: start, to: end });
  }
  layout(graph);
  return placed(graph, chains, sizes, passes);
}

/** Converts dagre's coordinates, which are of centres, to coordinates of the piece. */
function placed(
  graph: DagreGraph,
  chains: readonly (readonly number[])[],
  sizes: readonly Size[],
  passes: readonly { readonly key: string; readonly from: string; readonly to: string }[],
): ArrangedPiece {
  const boxes = chains.map((_chain, index) => {
    const { x, y, width, height } = graph.node(String(index));
    return { x, y, width, height, top: y - height / 2, bottom: y + height / 2 };
  });
  const top = Math.min(...boxes.map((box) => box.top));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  // An edge is straight between the piece's border and an item, so that it cannot cross neighbouring items.
  const way = (from: string, to: string): readonly Point[] => {
    const inner = graph
      .edge(from, to)
      .points.slice(1, -1)
      .filter(({ y }) => y > top && y < bottom);
    const start = inner[0]?.x ?? graph.node(to).x;
    const end = inner.at(-1)?.x ?? graph.node(from).x;
    return [
      ...(from === ENTRY ? [{ x: start, y: top }] : []),
      ...inner,
      ...(to === EXIT ? [{ x: end, y: bottom }] : []),
    ];
  };
  const lines = passes.map(({ key, from, to }) => ({ key, points: way(from, to) }));
  const across = [
    ...boxes.flatMap(({ x, width }) => [x - width / 2, x + width / 2]),
    ...lines.flatMap(({ points }) => points.map(({ x }) => x)),
  ];
  const [left, right] = [Math.min(...across), Math.max(...across)];
  const middle = (left + right) / 2;
  const places = new Map<number, Point>();
  for (const [index, chain] of chains.entries()) {
    let y = (boxes[index]?.top ?? 0) - top + fanGap;
    for (const item of chain) {
      places.set(item, { x: (boxes[index]?.x ?? 0) - middle, y });
      y += sizeAt(sizes, item).height + rankGap;
    }
  }
  const moved = lines.map(
    ({ key, points }) => [key, points.map(({ x, y }) => ({ x: x - middle, y: y - top + fanGap }))] as const,
  );
  return { width: right - left, height: bottom - top + 2 * fanGap, places, routes: new Map(moved) };
}

/** `sizes[i]` is the size of the item at place i + 1. */
function sizeAt(sizes: readonly Size[], place: number): Size {
  return sizes[place - 1] ?? { width: 0, height: 0 };
}
