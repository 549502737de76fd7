import type { NodeId, ShapedGraph, ShapedNode } from "../ir/graph.ts";

/** The nodes of one written layer: a conv, its norm and its activation. */
export interface LayerGroup {
  /** The path of its first node. */
  readonly path: string;
  readonly nodes: readonly [ShapedNode, ...ShapedNode[]];
  /** The node whose value is the value of the layer. */
  readonly last: ShapedNode;
  /** Values of other layers that it reads, each once, in order of first use. */
  readonly inputs: readonly NodeId[];
}

/** Returns the layers in execution order, without the network's input. The nodes of a layer are consecutive. */
export function groupLayers(graph: ShapedGraph): readonly LayerGroup[] {
  const groups: [ShapedNode, ...ShapedNode[]][] = [];
  for (const node of graph.nodes) {
    if (node.op === "input") continue;
    const group = groups.at(-1);
    if (group?.[0].layer === node.layer) group.push(node);
    else groups.push([node]);
  }
  return groups.map((nodes) => {
    const read = nodes.flatMap((node) => node.inputs.filter((id) => !nodes.some((own) => own.id === id)));
    const inputs = read.length > 1 ? [...new Set(read)] : read;
    return { path: nodes[0].layer, nodes, last: nodes.at(-1) ?? nodes[0], inputs };
  });
}
