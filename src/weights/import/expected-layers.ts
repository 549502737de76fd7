import { indexNodes, inputShapes, nodeAt, type NodeId, type ShapedGraph, type ShapedNode } from "../../ir/graph.ts";
import { isLinear, type OpName, weightSlots } from "../../ir/op.ts";
import type { Shape } from "../../ir/shape.ts";
import type { Span } from "../../text/span.ts";
import type { Slot } from "./checkpoint.ts";

/** A node that reads weights, with the data that matching with a checkpoint uses. */
export interface ExpectedLayer {
  /** The node's path: its tensors are `<path>/<slot>`. */
  readonly path: string;
  readonly op: OpName;
  readonly slots: ReadonlyMap<Slot, Shape>;
  readonly epsilon: number | null;
  /** Groups of channels of a conv; 1 for other layers. */
  readonly groups: number;
  /** The map that is flattened before a dense layer or norm: frameworks differ in the order of its numbers. */
  readonly flattened: Shape | null;
  /** Indices of the layers that feed this one with no other layer between. */
  readonly sources: readonly number[];
  readonly span: Span;
}

/** Every layer with weights of the training graph, in execution order. */
export function expectedLayers(graph: ShapedGraph): readonly ExpectedLayer[] {
  const index = indexNodes(graph);
  const layers: ExpectedLayer[] = [];
  const reaching = new Map<NodeId, readonly number[]>();
  for (const node of graph.nodes) {
    const sources = [...new Set(node.inputs.flatMap((id) => reaching.get(id) ?? []))].sort((a, b) => a - b);
    const slots = weightSlots(node, inputShapes(index, node));
    if (slots.length > 0) {
      reaching.set(node.id, [layers.length]);
      layers.push({
        path: node.path,
        op: node.op,
        slots: new Map(slots.map((slot) => [slot.name, slot.shape])),
        epsilon: "eps" in node ? node.eps : null,
        groups: isLinear(node) && "groups" in node ? node.groups : 1,
        flattened: flattenedMap(index, node),
        sources,
        span: node.span,
      });
    } else reaching.set(node.id, sources);
  }
  return layers;
}

/** Follows the input back through ops that do not reorder the numbers. */
function flattenedMap(index: ReadonlyMap<NodeId, ShapedNode>, node: ShapedNode): Shape | null {
  for (let at = node; ;) {
    const [id] = at.inputs;
    if (id === undefined) return null;
    at = nodeAt(index, id);
    if (at.op === "flatten") {
      const [shape = []] = inputShapes(index, at);
      const [h = 1, w = 1] = shape;
      return shape.length === 3 && h * w > 1 ? shape : null;
    }
    if (!["dropout", "activation", "prelu", "batch_norm", "scale", "shift"].includes(at.op)) return null;
  }
}
