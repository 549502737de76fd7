import { indexNodes, inputShapes, nodeAt, type NodeId, type ShapedGraph, type ShapedNode } from "../../ir/graph.ts";
import type { Shape } from "../../ir/shape.ts";
import type { ActivationNames } from "./activation-names.ts";
import type { Families } from "./families.ts";
import { layerSpec, zeroPaddingSpec, type LayerSpec } from "./layer-spec.ts";
import { flattenedPools } from "./layer-values.ts";
import { choosePadding, type LayerPadding } from "./padding.ts";

/** What a node becomes: its layer, and the layer of zeros before it where it pads by zeros of its own. */
export interface NodeLayers {
  readonly zeros: LayerSpec | null;
  readonly layer: LayerSpec;
  /** A global pool that drops the two extents, for the flatten behind it. */
  readonly flattened: boolean;
}

export function nodeLayers(
  graph: ShapedGraph,
  families: Families,
  activations: ActivationNames,
): (node: ShapedNode) => NodeLayers {
  const index = indexNodes(graph);
  const pools = new Set(flattenedPools(graph).values());
  const inputOf = (id: NodeId) => inputShapes(index, nodeAt(index, id))[0] ?? [];
  const paddings = familyPaddings(families, inputOf);
  return (node) => {
    const padding = paddings.get(node.id) ?? null;
    const flattened = pools.has(node.id);
    const input = inputOf(node.id);
    const layer = layerSpec(node, { input, padding, flattened, activationName: activations.nameOf });
    const zeros = padding?.zeros ?? null;
    return { zeros: zeros === null ? null : zeroPaddingSpec(zeros), layer, flattened };
  };
}

/** Padding of every conv and depthwise, alike within a family, whose layers may share a helper. */
function familyPaddings(families: Families, inputOf: (id: NodeId) => Shape): ReadonlyMap<NodeId, LayerPadding> {
  const paddings = new Map<NodeId, LayerPadding>();
  for (const bodies of families.values()) {
    const nodes = bodies.flatMap(({ items }) => items.flatMap((item) => (item.kind === "layer" ? [item.node] : [])));
    const windows = nodes.filter((node) => node.op === "conv" || node.op === "depthwise");
    const chosen = choosePadding(windows.map((node) => ({ node, input: inputOf(node.id) })));
    for (const [id, padding] of chosen) paddings.set(id, padding);
  }
  return paddings;
}
