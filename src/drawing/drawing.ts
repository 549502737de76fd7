import type { OpWork } from "../ir/op-definition.ts";
import type { OpName } from "../ir/op.ts";
import type { Shape } from "../ir/shape.ts";

interface ItemFields {
  /** Path of a layer or block (`bottleneck2_1/expand`), or the name of the network's input or output. */
  readonly path: string;
  /** The last part of the path. */
  readonly name: string;
  /** Shape of its output. */
  readonly shape: Shape;
  /** Trainable weights and multiply-adds of everything in it. */
  readonly params: number;
  readonly macs: number;
  /** Declared outputs whose value is its output or is computed inside it. */
  readonly outputs: readonly string[];
}

/** The network's input, or its last output. */
export interface TerminalItem extends ItemFields {
  readonly kind: "input" | "output";
}

/** A layer as the spec writes it: a conv with its norm and activation. */
export interface LayerItem extends ItemFields {
  readonly kind: "layer";
  readonly op: OpName;
  readonly work: OpWork;
  /** The parts in the words of a spec: `conv 3x3 32 stride=2`, then `batch norm`, then `relu6`. */
  readonly parts: readonly string[];
}

/** A block instance, drawn as a frame around its content. */
export interface BlockItem extends ItemFields {
  readonly kind: "block";
  /** The block's declared name. */
  readonly block: string;
  readonly residual: boolean;
  /** The reason why the block has a residual, or why it has none. */
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
  /** 0 is the level's input, i + 1 is `items[i]`, and `items.length + 1` is the level's output. */
  readonly from: number;
  readonly to: number;
  readonly shape: Shape;
  /** True for the edge from the block's input to the sum at the block's end. */
  readonly residual: boolean;
}

/** The items of the network, or the items of one block, in execution order. */
export interface Level {
  readonly items: readonly Item[];
  readonly edges: readonly Edge[];
}
