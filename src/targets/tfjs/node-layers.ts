import { indexNodes, inputShapes, nodeAt, type NodeId, type ShapedGraph, type ShapedNode } from "../../ir/graph.ts";
import type { Shape } from "../../ir/shape.ts";
import type { LayersOf, PlannedLayer } from "../source-plan/source-language.ts";
import type { ActivationNames } from "./activation-names.ts";
import { layerSpec, zeroPaddingSpec, type LayerName } from "./layer-spec.ts";
import { flattenedPools } from "./layer-values.ts";
import { choosePadding, type LayerPadding } from "./padding.ts";

/**
 * Returns the layers of each node: its own layer, preceded by a zero-padding layer where tf.js needs one. Nodes of one
 * group use the same kind of padding where possible, because they may share a helper.
 */
export function nodeLayers(
  graph: ShapedGraph,
  groups: readonly (readonly ShapedNode[])[],
  activations: ActivationNames,
): LayersOf<LayerName> {
  const index = indexNodes(graph);
  const pools = new Set(flattenedPools(graph).values());
  const inputOf = (id: NodeId) => inputShapes(index, nodeAt(index, id))[0] ?? [];
  const paddings = groupPaddings(groups, inputOf);
  return (node) => {
    const padding = paddings.get(node.id) ?? null;
    // A global pool returns a vector, so it replaces the flatten after it.
    const flattened = pools.has(node.id);
    const input = inputOf(node.id);
    const layer = layerSpec(node, { input, padding, flattened, activationName: activations.nameOf });
    const shape = flattened ? node.shape.slice(-1) : node.shape;
    const own: PlannedLayer<LayerName> = { suffix: "", ...layer, shape };
    const zeros = padding?.zeros ?? null;
    return zeros === null ? [own] : [{ suffix: "pad", ...zeroPaddingSpec(zeros), shape: [] }, own];
  };
}

/** Chooses the padding of every conv and depthwise. */
function groupPaddings(
  groups: readonly (readonly ShapedNode[])[],
  inputOf: (id: NodeId) => Shape,
): ReadonlyMap<NodeId, LayerPadding> {
  const paddings = new Map<NodeId, LayerPadding>();
  for (const nodes of groups) {
    const windows = nodes.filter((node) => node.op === "conv" || node.op === "depthwise");
    const chosen = choosePadding(windows.map((node) => ({ node, input: inputOf(node.id) })));
    for (const [id, padding] of chosen) paddings.set(id, padding);
  }
  return paddings;
}
