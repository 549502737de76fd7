import type { BlockInstance, GraphAssert, Graph, LoweredGraph, Node, NodeId, ShapedGraph } from "./graph.ts";
import { opSettings } from "./op.ts";
import { formatShape, type Shape } from "./shape.ts";
import type { Pads } from "./window.ts";

/**
 * Writes a graph as text: one line for each node, then blocks, outputs and asserts. Default settings (he_normal
 * kernels, zero biases, stride 1) are left out, so a diff of two printed graphs shows the changes of a pass.
 *
 * @param graph a graph at any stage.
 * @returns lines, each ended by a line end.
 */
export function printGraph(graph: LoweredGraph | ShapedGraph): string {
  const shapes = new Map<NodeId, Shape>();
  const rows: string[][] = [];
  for (const node of graph.nodes as readonly PrintedNode[]) {
    const inputs = node.inputs.map((id) => shapes.get(id)).filter((shape) => shape !== undefined);
    if (node.shape !== undefined) shapes.set(node.id, node.shape);
    const call = `%${node.id} = ${node.op}(${node.inputs.map((id) => `%${id}`).join(", ")})`;
    const shape = node.shape === undefined ? "" : ` : ${formatShape(node.shape)}`;
    const known = { inputs: inputs.length === node.inputs.length ? inputs : null, pads: node.pads };
    rows.push([`  ${[call, ...opSettings(node, known)].join(" ")}${shape}`, node.path]);
  }
  const width = Math.min(96, Math.max(0, ...rows.map(([text = ""]) => text.length)));
  return [
    ...header(graph),
    ...rows.map(([text = "", path = ""]) => `${text.padEnd(width)}  ; ${path}`),
    ...section("blocks", graph.blocks.map(blockLine)),
    ...section(
      "outputs",
      graph.outputs.map(({ name, node, path }) => `${name} = %${node}  ; ${path}`),
    ),
    ...section("asserts", graph.asserts.map(assertLine)),
    "",
  ].join("\n");
}

type PrintedNode = Node & { readonly shape?: Shape; readonly pads?: Pads };

function header(graph: Graph): string[] {
  const { name, shape, normalization } = graph.input;
  const params = Object.entries(graph.params).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  const pixels =
    normalization === null ? "" : ` mean=${normalization.mean.join(",")} std=${normalization.std.join(",")}`;
  return [
    `network ${graph.name}${graph.family === null ? "" : ` family=${graph.family}`}`,
    ...(params.length === 0 ? [] : [`params ${params.join(" ")}`]),
    `input ${name} ${formatShape(shape)}${pixels}`,
    "nodes",
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

function blockLine(block: BlockInstance): string {
  const stride =
    block.stride === null
      ? "none"
      : block.stride[0] === block.stride[1]
        ? `${block.stride[0]}`
        : block.stride.join("x");
  const decision =
    block.decision === null ? "" : `: ${block.decision.inserted ? "added" : "not added"}, ${block.decision.reason}`;
  return `${block.path} = ${block.kind}(%${block.input}) -> %${block.output} stride=${stride} residual=${block.residual}${decision}`;
}

function assertLine(assert: GraphAssert): string {
  const subject = assert.subject === "shape" ? `shape(${assert.path})` : assert.subject;
  const bound = assert.subject === "shape" ? formatShape(assert.bound) : assert.bound;
  return `${subject} ${assert.operator} ${bound}${assert.why === null ? "" : ` ${JSON.stringify(assert.why)}`}`;
}
