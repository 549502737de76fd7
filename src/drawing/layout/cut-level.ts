import type { Edge, Level } from "../drawing.ts";

/** Items that stand between two cuts, as places in the level's edges; see {@link Edge}. */
export type Piece = readonly number[];

/**
 * Cuts a level wherever its values pass through one point: a single edge, or edges that all begin at the item before or end at the item
 * after. Pieces then stand below each other and only their insides need a layout, so the thousand rows of a deep network cost no more
 * than a thousand small ones. Residuals run beside the others and prevent no cut.
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

/** Cuts only where nothing but one edge passes, between two neighbours: there a picture can be cut in two. */
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
