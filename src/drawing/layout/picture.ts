import type { BlockItem, FoldItem, LayerItem, TerminalItem } from "../drawing.ts";

/** A point in pixels. x is relative to the axis through the level's input and output, y to the level's top. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** `x` is the centre, `y` the top. */
interface Placed extends Point {
  readonly width: number;
  readonly height: number;
}

export interface PlacedBox extends Placed {
  readonly item: LayerItem | FoldItem | TerminalItem;
}

export interface PlacedFrame extends Placed {
  readonly item: BlockItem;
}

export interface PlacedEdge {
  readonly kind: "flow" | "residual";
  /** The points from the bottom of the source to the top of the target, or the corners of a residual edge. */
  readonly points: readonly Point[];
  /** True if it ends at a box. False if it continues across a border. */
  readonly arrow: boolean;
  /** Shape of the value, unless another edge of the same value shows it. */
  readonly label: string | null;
  /** True if it is inside a frame. */
  readonly inside: boolean;
}

/** A level with the positions of all its parts. It is equally wide on both sides of the axis. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly frames: readonly PlacedFrame[];
  readonly edges: readonly PlacedEdge[];
}
