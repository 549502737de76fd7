import { indexNodes, nodeAt, type NodeId, type ShapedGraph, type ShapedNode } from "../../../ir/graph.ts";
import { expectedWeights } from "../../../weights/expected-weights.ts";
import { tensorData } from "../../../weights/read-tensor.ts";
import type { WeightStore } from "../../../formats/tensor.ts";
import type { EmittedFile } from "../../emitted-file.ts";
import { planLayers } from "../../source-plan/plan-module.ts";
import { activationNames } from "../activation-names.ts";
import { isCustomLayer } from "../custom-layers.ts";
import { flattenedPools, layerNameOf, renamedRoots } from "../layer-values.ts";
import { tfjsSource } from "../source-language.ts";
import { layerJson } from "./layer-json.ts";
import { modelFiles, type ModelTensor } from "./model-files.ts";
import type { Quantization } from "./quantization.ts";

/** A layer of the model by its name, as Keras's functional models list it. */
interface ListedLayer {
  readonly name: string;
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inbound_nodes: readonly (readonly (readonly [string, 0, 0, object])[])[];
}

interface ModelConfig {
  readonly name: string;
  readonly layers: readonly ListedLayer[];
  readonly input_layers: readonly (readonly [string, 0, 0])[];
  readonly output_layers: readonly (readonly [string, 0, 0])[];
}

/**
 * Writes the model that the module's `createModel()` builds, with its weights, for `tf.loadLayersModel`. The emitted module
 * defines its custom layers, so it has to be imported first.
 */
export function layersModelFiles(
  training: ShapedGraph,
  weights: WeightStore,
  quantization: Quantization | null = null,
): readonly EmittedFile[] {
  const model = {
    format: "layers-model",
    generatedBy: "mnet",
    convertedBy: null,
    modelTopology: {
      class_name: "Model",
      config: modelConfig(training),
      keras_version: "tfjs-layers 4.22.0",
      backend: "tensor_flow.js",
    },
  };
  return modelFiles("layers", model, layerTensors(training, weights), quantization);
}

/** Returns the layer classes of the model that tf.js lacks. The module of the network defines and registers them. */
export function customClasses(training: ShapedGraph): readonly string[] {
  return [...new Set(modelConfig(training).layers.map(({ class_name }) => class_name))].filter(isCustomLayer);
}

function modelConfig(graph: ShapedGraph): ModelConfig {
  const activations = activationNames(graph);
  const layersOf = planLayers(graph, tfjsSource(graph, activations));
  const index = indexNodes(graph);
  const pools = flattenedPools(graph);
  const roots = renamedRoots(graph);
  const nameOf = (id: NodeId): string => {
    const node = nodeAt(index, pools.get(id) ?? id);
    return node.op === "input" ? graph.input.name : layerNameOf(node.path, roots);
  };
  const listed = (name: string, class_name: string, config: object, inputs: readonly string[]): ListedLayer => ({
    name,
    class_name,
    config: { ...config, name, trainable: true },
    inbound_nodes: [inputs.map((input) => [input, 0, 0, {}] as const)],
  });
  const layers = graph.nodes.flatMap((node): readonly ListedLayer[] => {
    const name = nameOf(node.id);
    if (node.op === "input") return [inputLayer(graph, name)];
    if (pools.has(node.id)) return [];
    let inputs = node.inputs.map(nameOf);
    return layersOf(node).map((layer) => {
      const path = layer.suffix === "" ? name : `${name}/${layer.suffix}`;
      const { className, config } = layerJson(layer, inputExtents(index, node), activations);
      const written = listed(path, className, config, inputs);
      inputs = [path];
      return written;
    });
  });
  const returned = [...new Set(graph.outputs.map(({ node }) => node))];
  return {
    name: graph.name,
    layers,
    input_layers: [[graph.input.name, 0, 0]],
    output_layers: returned.map((node) => [nameOf(node), 0, 0]),
  };
}

function inputLayer(graph: ShapedGraph, name: string): ListedLayer {
  const config = { batch_input_shape: [null, ...graph.input.shape], dtype: "float32", sparse: false, name };
  return { name, class_name: "InputLayer", config, inbound_nodes: [] };
}

function inputExtents(index: ReadonlyMap<NodeId, ShapedNode>, node: ShapedNode): readonly number[] {
  const [first] = node.inputs;
  return first === undefined ? [] : nodeAt(index, first).shape.slice(0, 2);
}

/** Returns the tf.js name of a weight. */
function tfjsSlot(node: ShapedNode, slot: string): string {
  if (slot === "mean" || slot === "variance") return `moving_${slot}`;
  return slot === "kernel" && node.op === "depthwise" ? "depthwise_kernel" : slot;
}

function layerTensors(graph: ShapedGraph, weights: WeightStore): readonly ModelTensor[] {
  const nodes = new Map(graph.nodes.map((node) => [node.path, node]));
  const roots = renamedRoots(graph);
  return expectedWeights(graph).map(({ name, node: path, slot, shape }) => {
    const node = nodes.get(path);
    if (node === undefined) throw new Error(`internal: no node "${path}"`);
    const data = tensorData(weights, name, shape);
    const tensor = {
      name: `${layerNameOf(path, roots)}/${tfjsSlot(node, slot)}`,
      shape,
      dtype: "float32",
      data,
    } as const;
    return slot === "kernel" ? { ...tensor, kernel: data } : tensor;
  });
}
