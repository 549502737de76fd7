import { error } from "../diagnostics/diagnostic.ts";
import type { BlockInstance, NodeId, ResidualDecision, ShapedGraph, ShapedNode } from "../ir/graph.ts";
import type { Shape } from "../ir/shape.ts";
import type { Span } from "../text/span.ts";
import type { Pass } from "./pass.ts";
import { blockTimeline } from "./block-timeline.ts";
import { decideResidual } from "./decide-residual.ts";

/** What the sum's path adds to its block's. */
const ADD = "/add";

/**
 * Needs: shapes; blocks in pre-order with their total stride.
 * Ensures: every block carries its decision; where it says so, `<block>/add` stands directly after the block's last
 * node, and whoever used the block's value uses the sum. Nested blocks that end together are settled from the inside out.
 * Stands second: it compares shapes, and everything after it must see the sums.
 */
export const insertResiduals: Pass<ShapedGraph> = {
  name: "insert-residuals",
  summary: "Add a block's input to its output where the residual rule holds.",
  run(graph, report) {
    if (graph.blocks.length === 0) return graph;
    const takenPaths = new Map<string, Span>();
    for (const node of graph.nodes) if (node.path.endsWith(ADD)) takenPaths.set(node.path, node.span);
    const timeline = blockTimeline(graph);
    const shapeOf = (id: NodeId): Shape | undefined => graph.nodes[timeline.positions.get(id) ?? -1]?.shape;

    const nodes: ShapedNode[] = [];
    const blocks: BlockInstance[] = [...graph.blocks];
    // A value as lowered -> what stands for it from here on.
    const current = new Map<NodeId, NodeId>();
    const valueNow = (id: NodeId): NodeId => current.get(id) ?? id;
    let nextId = graph.nodes.reduce((highest, node) => Math.max(highest, node.id), -1) + 1;

    const change = (index: number, fields: Partial<BlockInstance>): void => {
      const block = blocks[index];
      if (block !== undefined) blocks[index] = { ...block, ...fields };
    };

    const decide = (index: number, lowered: BlockInstance): ResidualDecision => {
      const decision = decideResidual(graph, timeline, index);
      if (lowered.residual === "always" && !decision.inserted) {
        report(
          error(
            "residual/impossible",
            lowered.span,
            `Block "${lowered.path}" says residual=always, but its input cannot be added to its output: ${decision.reason}.`,
            {
              hint: "Write residual=auto, or use stride 1, padding that keeps the map size, and as many filters as the input has channels.",
            },
          ),
        );
      }
      return decision;
    };

    const close = (index: number): void => {
      const lowered = graph.blocks[index];
      const block = blocks[index];
      const shape = lowered && shapeOf(lowered.output);
      // A node in error has no shape; what depends on it stays silent.
      if (lowered === undefined || block === undefined || shape === undefined || shapeOf(lowered.input) === undefined)
        return;
      const decision = decide(index, lowered);
      const output = valueNow(lowered.output);
      if (!decision.inserted) {
        change(index, { output, decision });
        return;
      }
      const path = `${lowered.path}${ADD}`;
      const taken = takenPaths.get(path);
      if (taken !== undefined) {
        report(
          error(
            "name/duplicate-path",
            lowered.span,
            `The path "${path}" is taken, but the residual of the block needs it.`,
            {
              hint: `Label the layer otherwise than "add", or say residual=never.`,
              related: [{ message: "the first one", span: taken }],
            },
          ),
        );
      }
      const add = { op: "add", id: nextId, path, layer: path, block: index, inputs: [output, block.input] } as const;
      nodes.push({ ...add, shape, span: lowered.span });
      current.set(lowered.output, nextId);
      change(index, { output: nextId, decision });
      nextId += 1;
    };

    for (const [position, node] of graph.nodes.entries()) {
      for (const index of timeline.opening(position))
        change(index, { input: valueNow(graph.blocks[index]?.input ?? 0) });
      nodes.push(node.inputs.some((id) => current.has(id)) ? { ...node, inputs: node.inputs.map(valueNow) } : node);
      for (const index of timeline.closing(position)) {
        if (timeline.isEmpty(index)) change(index, { input: valueNow(graph.blocks[index]?.input ?? 0) });
        close(index);
      }
    }

    const blockValue = (index: number, otherwise: NodeId): NodeId => blocks[index]?.output ?? otherwise;
    const last = graph.outputs.length - 1;
    return {
      ...graph,
      nodes,
      blocks,
      outputs: graph.outputs.map((output, position) => {
        if (output.block !== null) return { ...output, node: blockValue(output.block, output.node) };
        // The last output is the network's value, whatever blocks end there; a declared one is the layer's own.
        return position === last ? { ...output, node: valueNow(output.node) } : output;
      }),
      asserts: graph.asserts.map((assert) =>
        assert.subject === "shape" && assert.block !== null
          ? { ...assert, node: blockValue(assert.block, assert.node) }
          : assert,
      ),
    };
  },
};
