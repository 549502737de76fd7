import { indexNodes, inputShapes, nodeAt, type NodeId, type ShapedGraph } from "../../ir/graph.ts";
import type { Shape } from "../../ir/shape.ts";
import type { WeightStore } from "../../formats/tensor.ts";
import { encodeOnnx, FLOAT, type OnnxValueInfo } from "../../formats/onnx-model.ts";
import { onnxWriter } from "./onnx-writer.ts";
import { writeNode } from "./write-node.ts";

const OPSET = 17;
/** The ONNX IR version released together with opset 17. */
const IR_VERSION = 8;

/**
 * Writes an inference graph as an ONNX model with folded batch norm. The input is NHWC with a batch of one, under
 * {@link onnxInputName}. The outputs are NHWC, under their names in the graph.
 *
 * @throws `WeightError` if a tensor is missing or has another shape
 */
export function emitOnnx(graph: ShapedGraph, weights: WeightStore): Uint8Array {
  const index = indexNodes(graph);
  const writer = onnxWriter();
  // A layer path can equal the name of an output. The output is a separate node.
  const nameOf = (id: NodeId) => `values/${nodeAt(index, id).path}`;
  const image = onnxInputName(graph);
  for (const node of graph.nodes) {
    const inputs = node.op === "input" ? [image] : node.inputs.map(nameOf);
    const [inputShape = []] = inputShapes(index, node);
    writeNode(writer, { name: nameOf(node.id), node, inputs, inputShape }, weights);
  }
  for (const { name, node } of graph.outputs) {
    const { shape } = nodeAt(index, node);
    if (shape.length === 3) writer.add(name, "Transpose", [nameOf(node)], { perm: [0, 2, 3, 1] });
    else writer.add(name, "Identity", [nameOf(node)]);
  }
  return encodeOnnx({
    irVersion: IR_VERSION,
    producerName: "mnet",
    opsetImport: [{ domain: "", version: OPSET }],
    graph: {
      name: graph.name,
      node: writer.nodes,
      initializer: writer.tensors,
      input: [valueInfo(image, graph.input.shape)],
      output: graph.outputs.map(({ name, node }) => valueInfo(name, nodeAt(index, node).shape)),
    },
  });
}

/** Returns the name of the model's input. No output can have this name. */
export function onnxInputName(graph: ShapedGraph): string {
  return `inputs/${graph.input.name}`;
}

function valueInfo(name: string, shape: Shape): OnnxValueInfo {
  const dim = [1, ...shape].map((dimValue) => ({ dimValue }));
  return { name, type: { tensorType: { elemType: FLOAT, shape: { dim } } } };
}
