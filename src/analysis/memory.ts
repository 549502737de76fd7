import type { NodeId, ShapedGraph, ShapedNode } from "../ir/graph.ts";
import { isAlias } from "../ir/is-alias.ts";
import { elementsOf } from "../ir/shape.ts";
import { groupLayers, type LayerGroup } from "./group-layers.ts";

const BYTES_PER_ELEMENT = 4;

/** The bytes in use while one layer runs. */
export interface MemoryStep {
  readonly path: string;
  /** The bytes of its inputs, of its output, and of all other values that a later layer reads. */
  readonly liveBytes: number;
}

export interface MemoryReport {
  readonly peakBytes: number;
  /** The first layer with that peak, or null for a network without layers. */
  readonly peakAt: string | null;
  readonly steps: readonly MemoryStep[];
}

/** Returns the bytes of a float32 value, or 0 if it shares the bytes of its input. */
export function activationBytes(node: ShapedNode): number {
  return isAlias(node) ? 0 : BYTES_PER_ELEMENT * elementsOf(node.shape);
}

/**
 * Returns the peak of live activations: the maximum over layers of input + output + all values that later layers read
 * (the block input of a residual, a branch, an extra output), for one image in float32. No layer works in place. A
 * conv with its norm and activation is one layer, and the sum of a residual is a layer as well.
 */
export function activationMemory(graph: ShapedGraph, groups: readonly LayerGroup[] = groupLayers(graph)): MemoryReport {
  const roots = storageRoots(graph);
  const lastStep = lastReads(graph, groups, roots);
  const dying = new Map<number, number>();
  let live = 0;
  const allocate = (node: ShapedNode, step: number): void => {
    const bytes = activationBytes(node);
    const end = Math.max(step, lastStep.get(node.id) ?? step);
    live += bytes;
    dying.set(end, (dying.get(end) ?? 0) + bytes);
  };

  const steps: MemoryStep[] = [];
  let peak: MemoryStep | null = null;
  for (const node of graph.nodes) if (node.op === "input") allocate(node, -1);
  live -= dying.get(-1) ?? 0;
  for (const [step, group] of groups.entries()) {
    // A value inside a layer takes no memory, unless another layer reads it.
    for (const node of group.nodes) if (node === group.last || lastStep.has(node.id)) allocate(node, step);
    if (!group.nodes.every(isAlias)) {
      const entry = { path: group.path, liveBytes: live };
      steps.push(entry);
      if (peak === null || entry.liveBytes > peak.liveBytes) peak = entry;
    }
    live -= dying.get(step) ?? 0;
  }
  return { peakBytes: peak?.liveBytes ?? 0, peakAt: peak?.path ?? null, steps };
}

/** Returns the node whose bytes a value shares, or the node itself. */
function storageRoots(graph: ShapedGraph): ReadonlyMap<NodeId, NodeId> {
  const roots = new Map<NodeId, NodeId>();
  for (const node of graph.nodes) {
    const [input] = node.inputs;
    roots.set(node.id, isAlias(node) && input !== undefined ? (roots.get(input) ?? input) : node.id);
  }
  return roots;
}

/** Returns, for each stored value, the last other layer that reads it. Outputs count as read after the last layer. */
function lastReads(
  graph: ShapedGraph,
  groups: readonly LayerGroup[],
  roots: ReadonlyMap<NodeId, NodeId>,
): ReadonlyMap<NodeId, number> {
  const last = new Map<NodeId, number>();
  for (const [step, group] of groups.entries()) {
    if (group.nodes.every(isAlias)) continue;
    for (const id of group.inputs) last.set(roots.get(id) ?? id, step);
  }
  for (const output of graph.outputs) last.set(roots.get(output.node) ?? output.node, Infinity);
  return last;
}
