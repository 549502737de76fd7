import { indexNodes, nodeAt, type NodeId, type ShapedGraph, type ShapedNode } from "../../ir/graph.ts";
import type { OpName } from "../../ir/op.ts";
import type { Shape } from "../../ir/shape.ts";
import { matchItems } from "./match-items.ts";

/** A value of an attribute in the graph. */
export type AttributeValue =
  string | number | boolean | null | readonly AttributeValue[] | { readonly [key: string]: AttributeValue };

/** An attribute of a layer that differs between the networks. */
export interface AttributeChange {
  /**
   * `stride`, `activation` …; `op`; `inputs`, the paths of the input values; `shape` and `pads`, which follow from
   * other changes.
   */
  readonly attribute: string;
  readonly from: AttributeValue;
  readonly to: AttributeValue;
}

/** A layer's position in the network. */
export interface NodePlace {
  readonly path: string;
  readonly op: OpName;
  readonly shape: Shape;
}

/** A block that differs as a whole. */
export interface BlockChange {
  readonly path: string;
  readonly stride: { readonly from: readonly number[] | null; readonly to: readonly number[] | null } | null;
  readonly residual: {
    readonly from: boolean;
    readonly to: boolean;
    /** The reason for the present residual. */
    readonly reason: string;
  } | null;
}

/** The changes of the computation from one training graph to the other. */
export interface GraphDiff {
  readonly removed: readonly NodePlace[];
  readonly added: readonly NodePlace[];
  readonly renamed: readonly { readonly from: string; readonly to: string; readonly op: OpName }[];
  /** Nodes in both graphs, with the paths of the second graph. */
  readonly changed: readonly {
    readonly path: string;
    readonly op: OpName;
    readonly changes: readonly AttributeChange[];
  }[];
  /** Blocks in both graphs with a changed total stride or residual. */
  readonly blocks: readonly BlockChange[];
  /** Outputs that now name another value. */
  readonly outputs: readonly { readonly name: string; readonly from: string; readonly to: string }[];
}

/**
 * Fields of a node that do not change what it computes. A training graph has nothing folded, and the extents of the
 * input equal its shape.
 */
const bookkeeping = new Set(["id", "path", "layer", "block", "span", "inputs", "folded", "extents"]);

/** Attributes that follow from the node's inputs. */
const derived = new Set(["shape", "pads"]);

export function diffGraph(a: ShapedGraph, b: ShapedGraph): GraphDiff {
  const { kept, renamed, removed, added } = matchItems(a.nodes.map(asItem), b.nodes.map(asItem));
  const matches = [...kept, ...renamed].map(([i, j]) => ({ place: j, old: at(a.nodes, i), now: at(b.nodes, j) }));
  const sameValue = new Map<NodeId, NodeId>(matches.map(({ old, now }) => [now.id, old.id]));
  const paths = { a: pathsOf(a), b: pathsOf(b) };
  return {
    removed: removed.map((i) => summaryOf(at(a.nodes, i))),
    added: added.map((j) => summaryOf(at(b.nodes, j))),
    renamed: renamed.map(([i, j]) => ({ from: at(a.nodes, i).path, to: at(b.nodes, j).path, op: at(b.nodes, j).op })),
    changed: matches
      .map(({ place, old, now }) => ({
        place,
        path: now.path,
        op: now.op,
        changes: [...inputChange(old, now, sameValue, paths), ...attributeChanges(old, now)],
      }))
      .filter(({ changes }) => changes.length > 0)
      .sort((x, y) => x.place - y.place)
      .map(({ path, op, changes }) => ({ path, op, changes })),
    blocks: blockChanges(a, b),
    outputs: outputChanges(a, b, sameValue),
  };
}

/** Returns true if the two graphs compute the same from the same weights. */
export function isSameGraph(diff: GraphDiff): boolean {
  return Object.values(diff).every((changes: readonly unknown[]) => changes.length === 0);
}

/**
 * Returns true if the node's own attributes are unchanged and only its shape or padding changed, because of the nodes
 * before it.
 */
export function isDerived(changes: readonly AttributeChange[]): boolean {
  return changes.every(({ attribute }) => derived.has(attribute));
}

function summaryOf({ path, op, shape }: ShapedNode): NodePlace {
  return { path, op, shape };
}

function asItem(node: ShapedNode) {
  // Leaves out changes that only follow from the layers before. A layer with no other change counts as the same layer.
  const own = Object.entries(attributesOf(node)).filter(([key]) => !derived.has(key));
  return { name: node.path, signature: JSON.stringify(own) };
}

function attributesOf(node: ShapedNode): Readonly<Record<string, AttributeValue>> {
  return Object.fromEntries(Object.entries(node).filter(([key]) => !bookkeeping.has(key)));
}

function attributeChanges(old: ShapedNode, now: ShapedNode): readonly AttributeChange[] {
  if (old.op !== now.op) return [{ attribute: "op", from: old.op, to: now.op }];
  const before = attributesOf(old);
  const after = attributesOf(now);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((attribute) => {
    const from = before[attribute] ?? null;
    const to = after[attribute] ?? null;
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ attribute, from, to }];
  });
}

function inputChange(
  old: ShapedNode,
  now: ShapedNode,
  sameValue: ReadonlyMap<NodeId, NodeId>,
  paths: { readonly a: ReadonlyMap<NodeId, string>; readonly b: ReadonlyMap<NodeId, string> },
): readonly AttributeChange[] {
  const same =
    old.inputs.length === now.inputs.length && now.inputs.every((id, i) => sameValue.get(id) === old.inputs[i]);
  if (same) return [];
  const named = (ids: readonly NodeId[], index: ReadonlyMap<NodeId, string>) => ids.map((id) => index.get(id) ?? "");
  return [{ attribute: "inputs", from: named(old.inputs, paths.a), to: named(now.inputs, paths.b) }];
}

function blockChanges(a: ShapedGraph, b: ShapedGraph): readonly BlockChange[] {
  const before = new Map(a.blocks.map((block) => [block.path, block]));
  return b.blocks.flatMap((now): BlockChange[] => {
    const old = before.get(now.path);
    if (old === undefined) return [];
    const stride = old.stride?.join() === now.stride?.join() ? null : { from: old.stride, to: now.stride };
    const from = old.decision?.inserted ?? false;
    const to = now.decision?.inserted ?? false;
    const residual = from === to ? null : { from, to, reason: now.decision?.reason ?? "" };
    return stride === null && residual === null ? [] : [{ path: now.path, stride, residual }];
  });
}

function outputChanges(a: ShapedGraph, b: ShapedGraph, sameValue: ReadonlyMap<NodeId, NodeId>): GraphDiff["outputs"] {
  const nodes = { a: indexNodes(a), b: indexNodes(b) };
  return b.outputs.flatMap(({ name, node }) => {
    const old = a.outputs.find((output) => output.name === name);
    if (old === undefined || sameValue.get(node) === old.node) return [];
    return [{ name, from: nodeAt(nodes.a, old.node).path, to: nodeAt(nodes.b, node).path }];
  });
}

function pathsOf(graph: ShapedGraph): ReadonlyMap<NodeId, string> {
  return new Map(graph.nodes.map(({ id, path }) => [id, path]));
}

function at(nodes: readonly ShapedNode[], place: number): ShapedNode {
  const node = nodes[place];
  if (node === undefined) throw new Error(`internal: no node at ${place}`);
  return node;
}
