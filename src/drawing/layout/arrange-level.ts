import { formatShape } from "../../ir/shape.ts";
import type { Edge, Level } from "../drawing.ts";
import { arrangePiece, rankGap, routeKey, type ArrangedPiece } from "./arrange-piece.ts";
import { frameText } from "./box-text.ts";
import { cutLevel, type Piece } from "./cut-level.ts";
import { measureBox, titledWidth, valueWidth, type Size } from "./measure-box.ts";
import type { Picture, PlacedBox, PlacedEdge, PlacedFrame, Point } from "./picture.ts";

/** Space inside a frame for its title, and space around its content. */
const frameTop = 26;
const frameSide = 16;
const frameBottom = 4;
/** The distance between a residual edge and the items beside it. */
const arcGap = 18;
/** Space above the first item and below the last. */
const borderGap = rankGap / 2;

/**
 * Computes the positions of everything in a level. Pieces are placed one below the other. Inner blocks are arranged
 * before outer blocks.
 */
export function arrangeLevel(level: Level): Picture {
  return arrange(level, true);
}

function arrange(level: Level, labelLeaving: boolean): Picture {
  const insides = level.items.map((item) => (item.kind === "block" ? arrange(item.level, false) : null));
  const sizes = level.items.map((item, i): Size => {
    const inside = insides[i] ?? null;
    if (item.kind !== "block") return measureBox(item);
    return {
      width: Math.max((inside?.width ?? 0) + 2 * frameSide, titledWidth(frameText(item))),
      height: (inside?.height ?? 0) + frameTop + frameBottom,
    };
  });
  const flow = level.edges.filter(({ residual }) => !residual);
  const cuts = cutLevel(level);
  const passed = passedPieces(cuts, level);
  const touching: Edge[][] = cuts.map(() => []);
  for (const edge of flow) for (const piece of passed(edge)) touching[piece]?.push(edge);
  const pieces = stack(cuts.map((piece, i) => arrangePiece(piece, touching[i] ?? [], sizes)));
  const height = pieces.height + 2 * borderGap;
  const places = new Map<number, Point>(
    pieces.placed.flatMap(({ piece, top }) =>
      [...piece.places].map(([item, { x, y }]) => [item, { x, y: y + top }] as const),
    ),
  );
  const placeOf = (place: number): Point & Size => ({
    ...(places.get(place) ?? { x: 0, y: place === 0 ? 0 : height }),
    ...(sizes[place - 1] ?? { width: 0, height: 0 }),
  });

  const boxes: PlacedBox[] = [];
  const frames: PlacedFrame[] = [];
  const edges: PlacedEdge[] = [];
  for (const [i, item] of level.items.entries()) {
    const place = placeOf(i + 1);
    if (item.kind !== "block") {
      boxes.push({ item, ...place });
      continue;
    }
    frames.push({ item, ...place });
    const inside = insides[i];
    if (inside == null) continue;
    const moved = movedBy(inside, place.x, place.y + frameTop);
    boxes.push(...moved.boxes);
    frames.push(...moved.frames);
    edges.push(...moved.edges);
    // The incoming edge passes beside the frame's title. The outgoing edge crosses the lower border.
    edges.push(line([place, { x: place.x, y: place.y + frameTop }]));
    edges.push(
      line([
        { x: place.x, y: place.y + place.height - frameBottom },
        { x: place.x, y: place.y + place.height },
      ]),
    );
  }

  const labelled = new Set<string>();
  for (const edge of flow) {
    const key = `${edge.from} ${formatShape(edge.shape)}`;
    const leaving = edge.to === level.items.length + 1;
    const label = edge.from > 0 && !labelled.has(key) && (labelLeaving || !leaving) ? formatShape(edge.shape) : null;
    if (label !== null) labelled.add(key);
    const target = level.items[edge.to - 1];
    edges.push({
      kind: "flow",
      points: route(
        edge,
        placeOf(edge.from),
        placeOf(edge.to),
        passed(edge).flatMap((piece) => pieces.placed[piece] ?? []),
      ),
      arrow: target !== undefined && target.kind !== "block",
      label,
      inside: false,
    });
  }
  const reach = pieces.width / 2 + arcGap;
  const arcs = level.edges
    .filter(({ residual }) => residual)
    .map((edge) => arc(placeOf(edge.from), placeOf(edge.to), reach));
  edges.push(...arcs);
  const contents = arcs.length > 0 ? 2 * reach : pieces.width;
  const labels = edges.map(({ points: [start], label }) => (label === null ? 0 : (start?.x ?? 0) + valueWidth(label)));
  // The width is even, so that the axis is at a whole pixel.
  const width = 2 * Math.ceil(Math.max(contents / 2, ...labels));
  return { width, height, boxes, frames, edges };
}

/** Returns the pieces that an edge touches, from top to bottom. */
function passedPieces(cuts: readonly Piece[], { items }: Level): (edge: Edge) => readonly number[] {
  const pieceOf = new Map<number, number>(cuts.flatMap((piece, i) => piece.map((place) => [place, i] as const)));
  return ({ from, to }) => {
    const first = from === 0 ? 0 : (pieceOf.get(from) ?? 0);
    const last = to > items.length ? cuts.length - 1 : (pieceOf.get(to) ?? 0);
    return Array.from({ length: last - first + 1 }, (_unused, i) => first + i);
  };
}

interface StackedPiece {
  readonly piece: ArrangedPiece;
  readonly top: number;
}

function stack(pieces: readonly ArrangedPiece[]): Size & { readonly placed: readonly StackedPiece[] } {
  let top = borderGap;
  const placed = pieces.map((piece) => {
    const at = { piece, top };
    top += piece.height + rankGap;
    return at;
  });
  const width = pieces.reduce((most, piece) => Math.max(most, piece.width), 0);
  return { placed, width, height: Math.max(0, top - rankGap - borderGap) };
}

/**
 * Returns the points of an edge: the bottom of its source, the points in each piece between, and the top of its
 * target.
 */
function route(edge: Edge, from: Point & Size, to: Point, way: readonly StackedPiece[]): readonly Point[] {
  const inner = way.flatMap(({ piece, top }) => {
    const key = routeKey(piece.places.has(edge.from) ? edge.from : null, piece.places.has(edge.to) ? edge.to : null);
    return (piece.routes.get(key) ?? []).map(({ x, y }) => ({ x, y: y + top }));
  });
  return [{ x: from.x, y: from.y + from.height }, ...inner, { x: to.x, y: to.y }];
}

/** Returns the points of a residual edge: to the right, down, and back to the side of the sum. */
function arc(from: Point & Size, to: Point & Size, x: number): PlacedEdge {
  const start = from.y + from.height + 4;
  const end = to.y + to.height / 2;
  const points = [
    { x: from.x, y: start },
    { x, y: start },
    { x, y: end },
    { x: to.x + to.width / 2, y: end },
  ];
  return { kind: "residual", points, arrow: true, label: null, inside: false };
}

function line(points: readonly Point[]): PlacedEdge {
  return { kind: "flow", points, arrow: false, label: null, inside: true };
}

/** Moves the content of a frame to the frame's position. */
function movedBy(picture: Picture, x: number, y: number): Picture {
  const move = <P extends Point>(point: P): P => ({ ...point, x: point.x + x, y: point.y + y });
  return {
    ...picture,
    boxes: picture.boxes.map(move),
    frames: picture.frames.map(move),
    edges: picture.edges.map((edge) => ({
      ...edge,
      inside: true,
      points: edge.points.map(({ x: px, y: py }) => ({ x: px + x, y: py + y })),
    })),
  };
}
