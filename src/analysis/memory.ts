import type { NodeId, ShapedGraph, ShapedNode } from "../ir/graph.ts";
import { isAlias } from "../ir/is-alias.ts";
import { elementsOf } from "../ir/shape.ts";
import { groupLayers, type LayerGroup } from "./group-layers.ts";

const BYTES_PER_ELEMENT = 4;

/** Bytes that must be held while one layer runs. */
export interface MemoryStep {
  readonly path: string;
  /** Its inputs, its output, and whatever else a later layer still reads. */
  readonly liveBytes: number;
}

export interface MemoryReport {
  readonly peakBytes: number;
  /** The first layer that needs as much; null for a network without layers. */
  readonly peakAt: string | null;
  readonly steps: readonly MemoryStep[];
}

/** Bytes of a float32 value; none where it is its input's bytes. */
export function activationBytes(node: ShapedNode): number {
  return isAlias(node) ? 0 : BYTES_PER_ELEMENT * elementsOf(node.shape);
}

/**
 * Peak of live activations: the maximum over layers of input + output + what is still pending (a residual's block input, a
 * branch, a tapped output), for one image in float32 and with no layer working in place. A conv with its norm and
 * activation is one layer; a residual's sum is one of its own.
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
    // Values inside a layer cost nothing, unless someone outside reads them.
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

/** Returns the node that holds the bytes of a value. */
function storageRoots(graph: ShapedGraph): ReadonlyMap<NodeId, NodeId> {
  const roots = new Map<NodeId, NodeId>();
  for (const node of graph.nodes) {
    const [input] = node.inputs;
    roots.set(node.id, isAlias(node) && input !== undefined ? (roots.get(input) ?? input) : node.id);
  }
  return roots;
}

/** Last layer that reads each stored value from outside its own layer; outputs are read after the end. */
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
