import { error } from "../diagnostics/diagnostic.ts";
import type { LoweredGraph, NodeId, ShapedGraph, ShapedNode } from "../ir/graph.ts";
import { inferShape } from "../ir/op.ts";
import type { Shape } from "../ir/shape.ts";
import type { Pass } from "./pass.ts";

/**
 * Needs: the inputs of every node stand before it. Ensures: every node has its output shape, and four pads if a window slides. It runs
 * first: every other pass reads shapes.
 */
export const inferShapes: Pass<LoweredGraph, ShapedGraph> = {
  name: "infer-shapes",
  summary: "Write the output shape and the resolved padding on every node.",
  run(graph, report) {
    const shapes = new Map<NodeId, Shape>();
    const nodes: ShapedNode[] = [];
    for (const node of graph.nodes) {
      // A node after one in error reports nothing: its input has no shape.
      const inputs = node.inputs.map((id) => shapes.get(id)).filter((shape) => shape !== undefined);
      if (inputs.length < node.inputs.length) continue;
      const result = inferShape(node, inputs);
      if (result.problem !== undefined) {
        report(error(result.problem.code, node.span, result.problem.message, { hint: result.problem.hint }));
        continue;
      }
      shapes.set(node.id, result.shape);
      const { shape, pads } = result;
      // The node comes last, as in `push-node`: an object that begins with a spread grows slowly.
      nodes.push((pads === null ? { shape, ...node } : { shape, pads, ...node }) as ShapedNode);
    }
    return { ...graph, nodes };
  },
};
