import { usesOf, type NodeId, type ShapedGraph, type ShapedNode } from "../../ir/graph.ts";
import { isLinear } from "../../ir/op.ts";
import type { Shape } from "../../ir/shape.ts";
import type { Family, NormNode } from "./family.ts";
import { INPUT, type Ref } from "./ref.ts";
import type { SourceLanguage } from "./source-language.ts";

/** One node, at its place in a body. */
export interface LayerItem {
  readonly kind: "layer";
  /** Path below the body's own. */
  readonly path: string;
  readonly node: ShapedNode;
  readonly inputs: readonly Ref[];
}

/** A body inside a body: a block, or a layer with its norm and activation. */
export interface BodyItem {
  readonly kind: "body";
  /** Bodies of one family are instances of one helper, or of a few where they branch differently. */
  readonly family: Family;
  readonly path: string;
  readonly body: Body;
  readonly inputs: readonly [Ref];
}

export type Item = LayerItem | BodyItem;

/** A part of the network with one input and one output that can become a call of a helper. */
export interface Body {
  /** Full path: a block instance's, a layer's, or empty for the network. */
  readonly path: string;
  readonly items: readonly Item[];
  readonly output: Ref;
  readonly shape: Shape;
}

/** A body, and for each value of its own level the item or input that makes it. */
export interface IndexedBody extends Body {
  readonly refs: ReadonlyMap<NodeId, Ref>;
}

/** The data that the construction of a body reads. */
interface Plan {
  readonly graph: ShapedGraph;
  readonly language: TreeLanguage;
  readonly uses: ReadonlyMap<NodeId, readonly ShapedNode[]>;
  /** Block instances that cannot be separate bodies. Their items belong to the enclosing body. */
  readonly dissolved: ReadonlySet<number>;
}

/** The settings of a source language that decide how a network is divided. */
type TreeLanguage = Pick<SourceLanguage<string>, "merged" | "formOf">;

/** Divides a network into nested bodies. A body is a block instance, or a layer with its norm and activation. */
export function bodyTree(graph: ShapedGraph, language: TreeLanguage): IndexedBody {
  const plan: Plan = { graph, language, uses: usesOf(graph), dissolved: openBlocks(graph) };
  const input = graph.nodes.find((node) => node.op === "input");
  const last = graph.outputs.at(-1);
  if (input === undefined || last === undefined) throw new Error("internal: a network without input or output");
  const nodes = graph.nodes.filter((node) => node !== input);
  return buildBody(plan, {
    family: null,
    path: "",
    block: null,
    nodes,
    input: input.id,
    output: last.node,
    shape: [],
  });
}

/** The nodes of a body that is to be built. */
interface Piece {
  /** Null for the network. */
  readonly family: Family | null;
  readonly path: string;
  readonly block: number | null;
  readonly nodes: readonly ShapedNode[];
  readonly input: NodeId;
  readonly output: NodeId;
  readonly shape: Shape;
}

/** A part of the network that can become a call of a helper. */
interface HelperPiece extends Piece {
  readonly family: Family;
}

function buildBody(plan: Plan, piece: Piece): IndexedBody {
  const items: Item[] = [];
  const refs = new Map<NodeId, Ref>([[piece.input, INPUT]]);
  const refOf = (id: NodeId): Ref => {
    const ref = refs.get(id);
    if (ref === undefined) throw new Error(`internal: node ${id} is not a value of "${piece.path}"`);
    return ref;
  };
  const below = (path: string) =>
    path === piece.path ? "" : path.slice(piece.path === "" ? 0 : piece.path.length + 1);
  const addBody = (inner: HelperPiece): void => {
    const inputs = [refOf(inner.input)] as const;
    refs.set(inner.output, items.length);
    const { family } = inner;
    items.push({ kind: "body", family, path: below(inner.path), body: buildBody(plan, inner), inputs });
  };

  for (let position = 0; position < piece.nodes.length;) {
    const node = piece.nodes[position];
    if (node === undefined) break;
    const block = blockAround(plan, node, piece.block);
    if (block !== null) {
      const length = runLength(piece.nodes, position, (other) => blockAround(plan, other, piece.block) === block);
      const inner = blockPiece(plan, block, piece.nodes.slice(position, position + length));
      if (inner !== null) addBody(inner);
      position += length;
      continue;
    }
    const layer = piece.family?.kind === "layer" ? null : layerPiece(plan, piece.nodes, position);
    if (layer !== null) {
      addBody(layer);
      position += layer.nodes.length;
      continue;
    }
    const earlier = plan.language.merged.get(node.id);
    if (earlier !== undefined) {
      refs.set(node.id, refOf(earlier));
    } else {
      refs.set(node.id, items.length);
      items.push({ kind: "layer", path: below(node.path), node, inputs: node.inputs.map(refOf) });
    }
    position += 1;
  }
  return { path: piece.path, items, output: refOf(piece.output), shape: piece.shape, refs };
}

function runLength(nodes: readonly ShapedNode[], from: number, belongs: (node: ShapedNode) => boolean): number {
  let end = from;
  while (end < nodes.length && belongs(nodes[end] as ShapedNode)) end += 1;
  return end - from;
}

/** Returns the block instance directly inside `outer` that holds the node, or null. */
function blockAround({ graph, dissolved }: Plan, node: ShapedNode, outer: number | null): number | null {
  let found: number | null = null;
  for (let block = node.block; block !== null && block !== outer; block = graph.blocks[block]?.parent ?? null) {
    if (!dissolved.has(block)) found = block;
  }
  return found;
}

function blockPiece({ graph }: Plan, index: number, nodes: readonly ShapedNode[]): HelperPiece | null {
  const block = graph.blocks[index];
  const output = nodes.find((node) => node.id === block?.output);
  if (block === undefined || output === undefined) return null;
  // The language refuses a block inside its own kind, but a graph made by hand may have one.
  let depth = 0;
  for (let outer = block.parent; outer !== null; outer = graph.blocks[outer]?.parent ?? null) {
    if (graph.blocks[outer]?.kind === block.kind) depth += 1;
  }
  return {
    family: { kind: "block", block: block.kind, depth },
    path: block.path,
    block: index,
    nodes,
    input: block.input,
    output: block.output,
    shape: output.shape,
  };
}

/** Returns the conv, depthwise or dense at `from` with its own norm and activation, or null for another op. */
function layerPiece({ language, uses }: Plan, nodes: readonly ShapedNode[], from: number): HelperPiece | null {
  const first = nodes[from];
  if (first === undefined || !isLinear(first)) return null;
  const group: ShapedNode[] = [first];
  for (const wanted of [isNorm, isActivation]) {
    const last = group.at(-1) ?? first;
    const next = nodes[from + group.length];
    if (next === undefined || !wanted(next) || next.layer !== first.layer || next.block !== first.block) continue;
    if (next.inputs[0] !== last.id || uses.get(last.id)?.length !== 1) continue;
    if (!next.path.startsWith(`${first.path}/`)) continue;
    group.push(next);
  }
  const last = group.at(-1) ?? first;
  const [input = -1] = first.inputs;
  const norm = group.find(isNorm) ?? null;
  const act = last.op === "prelu" ? "learned" : "plain";
  const family = { kind: "layer", op: first.op, act, ...language.formOf(first, norm) } as const;
  return { family, path: first.path, block: first.block, nodes: group, input, output: last.id, shape: last.shape };
}

function isNorm(node: ShapedNode): node is NormNode {
  return node.op === "batch_norm" || node.op === "sample_norm";
}

function isActivation(node: ShapedNode): boolean {
  return node.op === "activation" || node.op === "prelu";
}

/**
 * Finds blocks whose nodes are not adjacent, and blocks with more than one input or output. An interior value that the
 * network returns is not counted as an output, because it is read from the model.
 */
function openBlocks(graph: ShapedGraph): ReadonlySet<number> {
  const open = new Set<number>();
  const enclosing = new Map<NodeId, ReadonlySet<number>>();
  const lastSeen = new Map<number, number>();
  for (const [position, node] of graph.nodes.entries()) {
    const blocks = new Set<number>();
    for (let block = node.block; block !== null; block = graph.blocks[block]?.parent ?? null) blocks.add(block);
    enclosing.set(node.id, blocks);
    for (const block of blocks) {
      if ((lastSeen.get(block) ?? position - 1) !== position - 1) open.add(block);
      lastSeen.set(block, position);
      if (!node.path.startsWith(`${graph.blocks[block]?.path}/`)) open.add(block);
    }
    for (const id of node.inputs) {
      const others = enclosing.get(id) ?? new Set();
      for (const block of blocks) if (!others.has(block) && graph.blocks[block]?.input !== id) open.add(block);
      for (const block of others) if (!blocks.has(block) && graph.blocks[block]?.output !== id) open.add(block);
    }
  }
  const last = graph.outputs.at(-1)?.node ?? -1;
  for (const block of lastSeen.keys()) {
    const output = graph.blocks[block]?.output ?? -1;
    if (!enclosing.get(output)?.has(block) || (enclosing.get(last)?.has(block) && output !== last)) open.add(block);
  }
  return open;
}
