import { indexNodes, inputShapes, nodeAt, type NodeId, type ShapedGraph } from "../../../ir/graph.ts";
import type { EmittedFile } from "../../emitted-file.ts";
import { layerNameOf, renamedRoots } from "../layer-values.ts";
import type { FoldedForm } from "./folded-form.ts";
import { writeNode } from "./graph-nodes.ts";
import { dims, graphWriter } from "./graph-writer.ts";
import { modelFiles } from "./model-files.ts";
import type { Quantization } from "./quantization.ts";

/** Returns for each node the node of `graph/model.json` that has its value as output. */
export function graphNodeNames(graph: ShapedGraph): ReadonlyMap<NodeId, string> {
  const roots = renamedRoots(graph);
  return new Map(
    graph.nodes.map((node) => [node.id, node.op === "input" ? graph.input.name : layerNameOf(node.path, roots)]),
  );
}

/** Writes a frozen graph for `tf.loadGraphModel`, as TensorFlow's converter does: NHWC, batch norm folded, fused ops. */
export function graphModelFiles(
  { graph, weights }: FoldedForm,
  quantization: Quantization | null = null,
): readonly EmittedFile[] {
  const names = graphNodeNames(graph);
  const nameOf = (id: NodeId) => names.get(id) ?? "";
  const writer = graphWriter(new Set(names.values()));
  const index = indexNodes(graph);
  for (const node of graph.nodes) {
    const [inputShape = []] = inputShapes(index, node);
    writeNode(writer, { name: nameOf(node.id), node, inputs: node.inputs.map(nameOf), inputShape }, weights);
  }
  const info = (id: NodeId) => ({
    name: `${nameOf(id)}:0`,
    dtype: "DT_FLOAT",
    tensorShape: dims([-1, ...nodeAt(index, id).shape]),
  });
  const input = graph.nodes.find((node) => node.op === "input");
  const model = {
    format: "graph-model",
    generatedBy: "mnet",
    convertedBy: null,
    signature: {
      inputs: input === undefined ? {} : { [graph.input.name]: info(input.id) },
      outputs: Object.fromEntries(graph.outputs.map(({ name, node }) => [name, info(node)])),
    },
    modelTopology: { node: writer.nodes, library: {}, versions: { producer: 1087 } },
  };
  return modelFiles("graph", model, writer.tensors, quantization);
}
