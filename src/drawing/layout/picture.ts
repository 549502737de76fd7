import type { BlockItem, FoldItem, LayerItem, TerminalItem } from "../drawing.ts";

/** Pixels; x from the axis on which a level's value comes in and leaves, y from its top. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** `x` is the middle, `y` the top. */
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
  /** From the bottom of what makes the value to the top of what reads it; of a residual the corners of its arc. */
  readonly points: readonly Point[];
  /** Whether it ends at a box, and not at a border that it crosses. */
  readonly arrow: boolean;
  /** Shape of the value, where no other edge of it says so. */
  readonly label: string | null;
  /** Whether it lies in a frame. */
  readonly inside: boolean;
}

/** A level with everything in its place. As wide to the left of the axis as to the right. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly frames: readonly PlacedFrame[];
  readonly edges: readonly PlacedEdge[];
}
