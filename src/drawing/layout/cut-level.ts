import type { Edge, Level } from "../drawing.ts";

/** The items between two cuts, as places in the level's edges; see {@link Edge}. */
export type Piece = readonly number[];

/**
 * Cuts a level at each point where all edges share one end: there is a single edge, or all edges begin at the item
 * before or end at the item after. The pieces are placed one below the other, and each piece is laid out separately,
 * so a deep network takes time proportional to its number of rows. Residual edges are drawn beside the items and do
 * not prevent a cut.
 */
export function cutLevel(level: Level): readonly Piece[] {
  return cutWhere(level, (crossing, place) => {
    const [first] = crossing;
    return (
      crossing.length < 2 ||
      crossing.every(({ from }) => from === place && first?.from === place) ||
      crossing.every(({ to }) => to === place + 1)
    );
  });
}

/**
 * Cuts only where exactly one edge crosses, and that edge connects two neighbouring items. A picture can be split
 * there.
 */
export function cutAtSingleEdges(level: Level): readonly Piece[] {
  return cutWhere(
    level,
    (crossing, place) => crossing.length === 1 && crossing[0]?.from === place && crossing[0].to === place + 1,
  );
}

function cutWhere(level: Level, mayCut: (crossing: readonly Edge[], place: number) => boolean): readonly Piece[] {
  const starting = new Map<number, Edge[]>();
  for (const edge of level.edges) {
    if (edge.residual) continue;
    const same = starting.get(edge.from);
    if (same === undefined) starting.set(edge.from, [edge]);
    else same.push(edge);
  }
  const pieces: number[][] = [];
  let crossing: Edge[] = starting.get(0) ?? [];
  let piece: number[] = [];
  for (let place = 1; place <= level.items.length; place++) {
    piece.push(place);
    crossing = [...crossing.filter(({ to }) => to > place), ...(starting.get(place) ?? [])];
    if (place < level.items.length && !mayCut(crossing, place)) continue;
    pieces.push(piece);
    piece = [];
  }
  return pieces;
}
