import { usesOf, type NodeId, type ShapedGraph, type ShapedNode } from "../../ir/graph.ts";

/**
 * Finds each flatten or squeeze that is the only reader of a global pool. The two become one `globalAveragePooling2d`.
 *
 * @returns the pool of each such flatten or squeeze
 */
export function flattenedPools(graph: ShapedGraph): ReadonlyMap<NodeId, NodeId> {
  const uses = usesOf(graph);
  const returned = new Set(graph.outputs.map((output) => output.node));
  const pools = new Map<NodeId, NodeId>();
  for (const [position, node] of graph.nodes.entries()) {
    const next = graph.nodes[position + 1];
    if (node.op !== "global_pool" || next === undefined || returned.has(node.id)) continue;
    const flattens = next.op === "flatten" || next.op === "squeeze";
    const alone = next.inputs[0] === node.id && uses.get(node.id)?.length === 1 && next.block === node.block;
    if (flattens && alone) pools.set(next.id, node.id);
  }
  return pools;
}

/** Returns other names for the first parts of paths that begin with an underscore, which tf.js refuses. */
export function renamedRoots(graph: ShapedGraph): ReadonlyMap<string, string> {
  const roots = new Set(graph.nodes.map((node) => rootOf(node.path)));
  const renamed = new Map<string, string>();
  for (const root of roots) {
    if (/^[A-Za-z0-9]/.test(root)) continue;
    let name = `layer${root}`;
    while (roots.has(name)) name = `layer_${name}`;
    roots.add(name);
    renamed.set(root, name);
  }
  return renamed;
}

function rootOf(path: string): string {
  return path.split("/", 1)[0] ?? path;
}

/** Returns the tf.js layer name of a path. */
export function layerNameOf(path: string, roots: ReadonlyMap<string, string>): string {
  const root = rootOf(path);
  return `${roots.get(root) ?? root}${path.slice(root.length)}`;
}

/**
 * Returns the layer of the emitted model that has the value of each node of a training graph, to compare them one by one
 * with `tf.model({ inputs, outputs })`. The layer of a flattened global pool has the value of both nodes.
 */
export function tfjsLayerNames(training: ShapedGraph): ReadonlyMap<NodeId, string> {
  const pools = flattenedPools(training);
  const roots = renamedRoots(training);
  const names = new Map<NodeId, string>();
  for (const node of training.nodes) names.set(node.id, nameOf(training, node, roots));
  for (const [flatten, pool] of pools) names.set(flatten, names.get(pool) ?? "");
  return names;
}

function nameOf(graph: ShapedGraph, node: ShapedNode, roots: ReadonlyMap<string, string>): string {
  return node.op === "input" ? graph.input.name : layerNameOf(node.path, roots);
}
