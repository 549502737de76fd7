import type { Span } from "../text/span.ts";
import type { ComparisonOperator } from "../syntax/ast.ts";
import type { Op, OpName, OpOf } from "./op.ts";
import type { Shape } from "./shape.ts";
import type { Pads } from "./window.ts";

/** Identifies the value that a node computes. It is unique in a graph, and passes do not change it. */
export type NodeId = number;

/** The fields that nodes of every op have. */
export interface NodeFields {
  readonly id: NodeId;
  /** `bottleneck2_1/expand`, `bottleneck2_1/expand/norm`; unique in a graph. */
  readonly path: string;
  /** The layer that the node was written in, by the path of its first node: a conv, its norm and its activation are one layer. */
  readonly layer: string;
  /** Index into `blocks` of the innermost block instance; null at the level of the network. */
  readonly block: number | null;
  readonly inputs: readonly NodeId[];
  readonly span: Span;
}

/** An op with the fields of a node; a union of ops gives a union of nodes. */
export type WithFields<O extends Op, Extra = unknown> = O extends Op ? NodeFields & O & Extra : never;

/** A node as it is lowered: with attributes, without a shape. Narrow it by `op`. */
export type Node = WithFields<Op>;

/** A node as `infer-shapes` leaves it: with the shape of its output and, for a window that slides, with four pads. */
export type Shaped<O extends Op> = O extends { readonly padding: unknown }
  ? NodeFields & O & { readonly shape: Shape; readonly pads: Pads }
  : O extends Op
    ? NodeFields & O & { readonly shape: Shape }
    : never;

/** A node with the shape of its output. Every node has one after `infer-shapes`. */
export type ShapedNode = Shaped<Op>;
export type ShapedNodeOf<N extends OpName> = Shaped<OpOf<N>>;

export const residualModes = ["auto", "always", "never"] as const;
/** Whether a block gets a residual: if its shapes allow it, always, or never. */
export type ResidualMode = (typeof residualModes)[number];

/** Whether the input of a block was added to its output, and the reason in words. */
export interface ResidualDecision {
  readonly inserted: boolean;
  readonly reason: string;
}

/** One use of a block (one row repeat). */
export interface BlockInstance {
  readonly path: string;
  /** The block's declared name, `bottleneck`. */
  readonly kind: string;
  /** Index of the enclosing block instance. */
  readonly parent: number | null;
  readonly input: NodeId;
  readonly output: NodeId;
  /** Total stride, vertical and horizontal. Null after a global pool, flatten, squeeze, dense or upsample, and where paths disagree. */
  readonly stride: readonly [number, number] | null;
  readonly residual: ResidualMode;
  /** Set by `insert-residuals`. */
  readonly decision: ResidualDecision | null;
  readonly span: Span;
}

/** A value that the network returns. */
export interface GraphOutput {
  readonly name: string;
  /** The path as written, `bottleneck2_1/project`; for the last value its own. */
  readonly path: string;
  readonly node: NodeId;
  /** Index of the block that gives the value, after its residual; null for the value of a layer. */
  readonly block: number | null;
}

/** An `assert` with its bound as a number or a shape. It is checked on the training graph. */
export type GraphAssert = {
  readonly operator: ComparisonOperator;
  readonly why: string | null;
  readonly span: Span;
} & (
  | { readonly subject: "params" | "macs" | "memory"; readonly bound: number }
  | {
      readonly subject: "shape";
      readonly path: string;
      readonly node: NodeId;
      readonly block: number | null;
      readonly bound: Shape;
    }
);

/** `(x - mean) / std` for each channel, of pixels from 0 to 255. One number stands for all channels. */
export interface Normalization {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** One network. `nodes` is in execution order and starts with the input. The inputs of a node come before it. */
export interface Graph<N extends Node = Node> {
  readonly name: string;
  readonly doc: string | null;
  readonly family: string | null;
  /** Class names of the last output, in order. */
  readonly labels: readonly string[] | null;
  readonly input: { readonly name: string; readonly shape: Shape; readonly normalization: Normalization | null };
  /** The values of the params, in the order of their declarations. */
  readonly params: Readonly<Record<string, number | boolean | string>>;
  readonly nodes: readonly N[];
  readonly blocks: readonly BlockInstance[];
  /** The declared outputs in order, then the last value, which is named `output`. */
  readonly outputs: readonly GraphOutput[];
  readonly asserts: readonly GraphAssert[];
  readonly span: Span;
}

/** A graph before any pass: its nodes have no shapes. */
export type LoweredGraph = Graph;
/** A graph after `infer-shapes`. The training graph and the inference graph are of this type. */
export type ShapedGraph = Graph<ShapedNode>;

/** Returns the nodes by id. */
export function indexNodes<N extends Node>(graph: Graph<N>): ReadonlyMap<NodeId, N> {
  const index = new Map<NodeId, N>();
  for (const node of graph.nodes) index.set(node.id, node);
  return index;
}

/** Returns the nodes that read each value, in order. A node that reads a value twice is listed twice. */
export function usesOf<N extends Node>(graph: Graph<N>): ReadonlyMap<NodeId, readonly N[]> {
  const uses = new Map<NodeId, N[]>(graph.nodes.map((node) => [node.id, []]));
  for (const node of graph.nodes) {
    for (const input of node.inputs) uses.get(input)?.push(node);
  }
  return uses;
}

/** Returns the node of an id that the graph must have. */
export function nodeAt<N extends Node>(index: ReadonlyMap<NodeId, N>, id: NodeId): N {
  const node = index.get(id);
  if (node === undefined) throw new Error(`internal: no node ${id}`);
  return node;
}

/** Returns the shapes of what a node reads. */
export function inputShapes(index: ReadonlyMap<NodeId, ShapedNode>, node: ShapedNode): readonly Shape[] {
  return node.inputs.map((id) => nodeAt(index, id).shape);
}
