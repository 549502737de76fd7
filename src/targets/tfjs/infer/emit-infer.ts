import { indexNodes, nodeAt, type ShapedGraph } from "../../../ir/graph.ts";
import { writeSafetensors } from "../../../formats/safetensors.ts";
import type { WeightStore } from "../../../formats/tensor.ts";
import type { EmittedFile } from "../../emitted-file.ts";
import { claimIdentifier, stringLiteral } from "../../escape.ts";
import { formatModule } from "../format.ts";
import { annotated, type Language } from "../language.ts";
import { foldedForm } from "../models/folded-form.ts";
import { docComment, headerComment, interfaceDoc } from "../module-doc.ts";
import { functionSources, convOptionsSource, readWeightsSource, typesSource, type FunctionName } from "./functions.ts";
import { inferWeights } from "./infer-weights.ts";
import { networkStatements } from "./statements.ts";

export interface InferOptions {
  readonly language: Language;
  /** What the module imports tf.js from; a bundler or Node finds `@tensorflow/tfjs`. */
  readonly tfjsModule?: string;
}

/**
 * Writes the inference graph as a tf.js module, `model.ts` or `model.js`, and the folded weights as a file beside it.
 * The module's `loadModel(bytes)` takes the bytes of that file and returns a model that can only predict. @throws
 * `WeightError` if a tensor is missing or has another shape
 */
export async function emitInfer(
  inference: ShapedGraph,
  weights: WeightStore,
  { language, tfjsModule = "@tensorflow/tfjs" }: InferOptions,
): Promise<readonly EmittedFile[]> {
  const folded = foldedForm(inference, weights);
  const tensors = inferWeights(folded);
  const source = inferModule(folded.graph, tensors, language, tfjsModule);
  return [
    { path: `model.${language}`, contents: await formatModule(source) },
    { path: "weights.safetensors", contents: writeSafetensors(tensors) },
  ];
}

/** Names that the module's top level defines, and globals that it uses. */
const ownNames = [
  ...["tf", "weights", "network", "loadModel", "readWeights", "shapes", "Model", "Outputs", "Weights", "Padding"],
  ...["ConvOptions", "DenseOptions", "TensorEntry", "Map", "Math", "Number", "Error", "JSON", "Object"],
  ...Object.keys(functionSources),
];

const convs = ["conv", "groupedConv", "depthwise"] as const;

function inferModule(graph: ShapedGraph, weights: WeightStore, language: Language, tfjsModule: string): string {
  const typed = language === "ts";
  const used = new Set<FunctionName>();
  const taken = new Set(ownNames);
  const input = claimIdentifier(graph.input.name, "image", taken);
  const code = networkStatements(graph, input, taken, typed, (name) => {
    used.add(name);
    return name;
  });
  const index = indexNodes(graph);
  const values = graph.outputs.map(({ name, node }) => {
    const value = code.valueCode(node);
    return {
      name,
      // The caller may dispose of an output. If the output is the input itself, the module returns a copy, because the
      // input belongs to the caller.
      code: value === input ? `tf.clone(${value})` : value,
      type: `tf.Tensor${nodeAt(index, node).shape.length + 1}D`,
    };
  });
  const [only] = values;
  const single = values.length === 1 && only !== undefined;
  const outputType = single
    ? only.type
    : `{ ${values.map(({ name, type }) => `${stringLiteral(name)}: ${type}`).join("; ")} }`;
  const result = single
    ? only.code
    : `{ ${values.map(({ name, code: value }) => `${stringLiteral(name)}: ${value}`).join(", ")} }`;
  const order = (Object.keys(functionSources) as FunctionName[]).filter((name) => used.has(name));
  const readsWeights = order.some((name) => functionSources[name].includes("weights‹: Weights›"));
  const entries = [...weights.values()].map(({ name, shape }) => `[${stringLiteral(name)}, ${JSON.stringify(shape)}],`);
  return [
    headerComment(graph),
    `import * as tf from ${stringLiteral(tfjsModule)};`,
    ...(typed ? [`export type Outputs = ${outputType};`] : []),
    loadModelSource(graph, typed),
    [
      `function network(${input}${typed ? `: ${inputType(graph)}` : ""}, ${readsWeights ? "weights" : "_weights"}${typed ? ": Weights" : ""})${typed ? ": Outputs" : ""} {`,
      ...code.statements,
      `return ${result};`,
      "}",
    ].join("\n"),
    annotated(language, [typesSource, ...(convs.some((name) => used.has(name)) ? [convOptionsSource] : [])].join("\n")),
    annotated(language, order.map((name) => functionSources[name]).join("\n")),
    `/** What weights.safetensors holds: batch norm is folded into kernels and biases. */\nconst shapes = new Map${typed ? "<string, number[]>" : ""}([\n${entries.join("\n")}\n]);`,
    annotated(language, readWeightsSource),
  ].join("\n\n");
}

/** Returns the type of the input, which has a batch axis. */
function inputType(graph: ShapedGraph): string {
  return `tf.Tensor${graph.input.shape.length + 1}D`;
}

function loadModelSource(graph: ShapedGraph, typed: boolean): string {
  const model = `
/** A network with its weights. */
export interface Model {
  /** ${graph.input.shape.length === 3 ? "NHWC; the" : "The"} result is the caller's to dispose of. */
  predict(input: ${inputType(graph)}): Outputs;
  /** Frees the weights. */
  dispose(): void;
}
`;
  return [
    ...(typed ? [model] : []),
    docComment([
      "A model for inference from the bytes of weights.safetensors; it does not train.",
      ...interfaceDoc(graph),
    ]),
    `export function loadModel(bytes${typed ? ": ArrayBuffer" : ""})${typed ? ": Model" : ""} {`,
    "const weights = readWeights(bytes);",
    "return {",
    "predict: (input) => tf.tidy(() => network(input, weights)),",
    "dispose: () => tf.dispose([...weights.values()]),",
    "};",
    "}",
  ].join("\n");
}
