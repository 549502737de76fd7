import type { NodeId, ShapedGraph, ShapedNode, ShapedNodeOf } from "../ir/graph.ts";
import { isZeroMargin } from "../ir/ops/pad.ts";
import type { Pads } from "../ir/window.ts";
import type { Pass } from "./pass.ts";
import { replaceValues } from "./replace-values.ts";

/**
 * Needs: shapes.
 * Ensures: a conv, depthwise conv or average after margins of zeros has them among its own pads, and a pad that nothing reads any more is gone.
 * Stands before `merge-branches`, which compares the pads of convs.
 */
export const foldPads: Pass<ShapedGraph> = {
  name: "fold-pads",
  summary: "Move margins of zeros into the padding of the convs and averages after them.",
  run(graph) {
    const pads = new Map<NodeId, ShapedNodeOf<"pad">>();
    for (const node of graph.nodes) if (node.op === "pad" && isZeroMargin(node)) pads.set(node.id, node);
    if (pads.size === 0) return graph;
    const nodes = graph.nodes.map((node) => withMargins(node, pads));
    if (nodes.every((node, i) => node === graph.nodes[i])) return graph;
    return withoutUnread({ ...graph, nodes }, pads);
  },
};

/** Has a conv read what the pads before it read, and pad as they did. */
function withMargins(node: ShapedNode, pads: ReadonlyMap<NodeId, ShapedNodeOf<"pad">>): ShapedNode {
  if (!takesZeros(node)) return node;
  let [input] = node.inputs;
  let around = node.pads;
  for (let pad = at(pads, input); pad !== undefined; pad = at(pads, input)) {
    around = sum(around, pad.margins);
    [input] = pad.inputs;
  }
  if (input === undefined || input === node.inputs[0]) return node;
  const padded = { ...node, inputs: [input], padding: around, pads: around };
  return padded.op === "pool" ? countingPool(padded, node) : padded;
}

function takesZeros(node: ShapedNode): node is ShapedNodeOf<"conv" | "depthwise" | "pool"> {
  if (node.op !== "pool") return node.op === "conv" || node.op === "depthwise";
  return node.mode === "avg" && !node.ceil && (node.countPadding || node.pads.every((pad) => pad === 0));
}

/** The pool with the pads that it counts, if each of its windows has a pixel of the map, else as it was. */
function countingPool(padded: ShapedNodeOf<"pool">, node: ShapedNode): ShapedNode {
  const { kernel, pads, shape } = padded;
  const covers = pads.every((pad, side) => pad < (kernel[side >> 1] ?? 0)) && Math.min(...shape) > 0;
  return covers ? { ...padded, countPadding: true } : node;
}

function at<V>(map: ReadonlyMap<NodeId, V>, id: NodeId | undefined): V | undefined {
  return id === undefined ? undefined : map.get(id);
}

function sum(a: Pads, b: Pads): Pads {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]];
}

/** Removes pads that no node reads and no output returns, the last one first, since pads may follow each other. */
function withoutUnread(graph: ShapedGraph, pads: ReadonlyMap<NodeId, ShapedNodeOf<"pad">>): ShapedGraph {
  const read = new Set<NodeId>(graph.outputs.map(({ node }) => node));
  const kept: ShapedNode[] = [];
  for (const node of [...graph.nodes].reverse()) {
    if (pads.has(node.id) && !read.has(node.id)) continue;
    for (const id of node.inputs) read.add(id);
    kept.push(node);
  }
  const nodes = kept.reverse();
  const still = new Set(nodes.map(({ id }) => id));
  const valueNow = (id: NodeId): NodeId => {
    const [before] = still.has(id) ? [] : (pads.get(id)?.inputs ?? []);
    return before === undefined ? id : valueNow(before);
  };
  return replaceValues({ ...graph, nodes }, valueNow);
}
