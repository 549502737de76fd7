import type { OpName } from "../ir/op.ts";
import type { Shape } from "../ir/shape.ts";

interface ItemFields {
  /** `bottleneck2_1/expand`; the network's input and outputs have their name. */
  readonly path: string;
  /** The last part of the path. */
  readonly name: string;
  /** Shape of the value it makes. */
  readonly shape: Shape;
  /** Trainable weights and multiply-adds of all it holds. */
  readonly params: number;
  readonly macs: number;
  /** Declared outputs that are its value, or a value inside it. */
  readonly outputs: readonly string[];
}

/** Where the network's image comes in, or its last value leaves. */
export interface TerminalItem extends ItemFields {
  readonly kind: "input" | "output";
}

/** One written layer: a conv with its norm and activation. */
export interface LayerItem extends ItemFields {
  readonly kind: "layer";
  readonly op: OpName;
  /** As a spec would have it: `conv 3x3 32 stride=2`, then `batch norm`, then `relu6`. */
  readonly parts: readonly string[];
}

/** One block instance, drawn as a frame around what it holds. */
export interface BlockItem extends ItemFields {
  readonly kind: "block";
  /** The block's declared name. */
  readonly block: string;
  readonly residual: boolean;
  /** Why there is a residual or none. */
  readonly reason: string;
  readonly level: Level;
}

/** The repeats of one row of a table, drawn as one box. */
export interface FoldItem extends ItemFields {
  readonly kind: "fold";
  readonly block: string;
  readonly instances: readonly BlockItem[];
}

export type Item = TerminalItem | LayerItem | BlockItem | FoldItem;

export interface Edge {
  /** 0 is what comes into the level, i + 1 is `items[i]`, `items.length + 1` is what leaves. */
  readonly from: number;
  readonly to: number;
  readonly shape: Shape;
  /** The block's input on its way to the sum at the block's end. */
  readonly residual: boolean;
}

/** What stands side by side: the network itself, or the inside of a block. Items are in execution order. */
export interface Level {
  readonly items: readonly Item[];
  readonly edges: readonly Edge[];
}
