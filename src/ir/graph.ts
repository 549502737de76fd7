import type { Span } from "../text/span.ts";
import type { ComparisonOperator } from "../syntax/ast.ts";
import type { Op, OpName, OpOf } from "./op.ts";
import type { Shape } from "./shape.ts";
import type { Pads } from "./window.ts";

/** Names the value a node computes; unique in a graph, and kept by every pass. */
export type NodeId = number;

interface NodeFields {
  readonly id: NodeId;
  /** `bottleneck2_1/expand`, `bottleneck2_1/expand/norm`; unique in a graph. */
  readonly path: string;
  /** The layer it was written in: a conv, its norm and its activation share one. The path of the first of them. */
  readonly layer: string;
  /** Index into `blocks` of the innermost block instance, or null at the network's own level. */
  readonly block: number | null;
  readonly inputs: readonly NodeId[];
  readonly span: Span;
}

type WithFields<O extends Op, Extra = unknown> = O extends Op ? NodeFields & O & Extra : never;

/** A node as lowered: attributes, no shape. Narrow it by `op`. */
export type Node = WithFields<Op>;

/** What `infer-shapes` adds: the output's shape, and four resolved pads where a window slides. */
type Shaped<O extends Op> = O extends { readonly padding: unknown }
  ? NodeFields & O & { readonly shape: Shape; readonly pads: Pads }
  : O extends Op
    ? NodeFields & O & { readonly shape: Shape }
    : never;

/** A node with its shape; after `infer-shapes` nothing asks. */
export type ShapedNode = Shaped<Op>;
export type ShapedNodeOf<N extends OpName> = Shaped<OpOf<N>>;

export const residualModes = ["auto", "always", "never"] as const;
export type ResidualMode = (typeof residualModes)[number];

/** Whether the input was added to a block's output, and why or why not, in words. */
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
  /** Total stride, vertical and horizontal; null where a global pool, flatten, squeeze, dense or upsample leaves none, or paths disagree. */
  readonly stride: readonly [number, number] | null;
  readonly residual: ResidualMode;
  /** Set by `insert-residuals`. */
  readonly decision: ResidualDecision | null;
  readonly span: Span;
}

/** A value the program returns. */
export interface GraphOutput {
  readonly name: string;
  /** As written (`bottleneck2_1/project`), or the last value's path. */
  readonly path: string;
  readonly node: NodeId;
  /** Index of the block whose value (after its residual) is meant, or null for a layer's own. */
  readonly block: number | null;
}

/** `assert` with its bound evaluated; checked on the training graph. */
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

/** Per-channel (x - mean) / std on pixels 0 to 255. */
export interface Normalization {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** One network. `nodes` stand in execution order, the input first; every input of a node stands before it. */
export interface Graph<N extends Node = Node> {
  readonly name: string;
  readonly doc: string | null;
  readonly family: string | null;
  /** Class names of the last output, in order. */
  readonly labels: readonly string[] | null;
  readonly input: { readonly name: string; readonly shape: Shape; readonly normalization: Normalization | null };
  /** The params' values in force, in order of declaration. */
  readonly params: Readonly<Record<string, number | boolean | string>>;
  readonly nodes: readonly N[];
  readonly blocks: readonly BlockInstance[];
  /** Declared outputs in order, then the last value, named `output`. */
  readonly outputs: readonly GraphOutput[];
  readonly asserts: readonly GraphAssert[];
  readonly span: Span;
}

export type LoweredGraph = Graph;
export type ShapedGraph = Graph<ShapedNode>;

export function indexNodes<N extends Node>(graph: Graph<N>): ReadonlyMap<NodeId, N> {
  const index = new Map<NodeId, N>();
  for (const node of graph.nodes) index.set(node.id, node);
  return index;
}

/** The nodes that read each value, in order. A node that reads a value twice is listed twice. */
export function usesOf<N extends Node>(graph: Graph<N>): ReadonlyMap<NodeId, readonly N[]> {
  const uses = new Map<NodeId, N[]>(graph.nodes.map((node) => [node.id, []]));
  for (const node of graph.nodes) {
    for (const input of node.inputs) uses.get(input)?.push(node);
  }
  return uses;
}

/** Looks a node up that must be there. */
export function nodeAt<N extends Node>(index: ReadonlyMap<NodeId, N>, id: NodeId): N {
  const node = index.get(id);
  if (node === undefined) throw new Error(`internal: no node ${id}`);
  return node;
}

/** Shapes of a node's inputs. */
export function inputShapes(index: ReadonlyMap<NodeId, ShapedNode>, node: ShapedNode): readonly Shape[] {
  return node.inputs.map((id) => nodeAt(index, id).shape);
}
