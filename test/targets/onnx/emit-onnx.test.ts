import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { ShapedGraph } from "../../../src/ir/graph.ts";
import { elementsOf } from "../../../src/ir/shape.ts";
import { inferenceGraph, trainingGraph } from "../../../src/passes/pipeline.ts";
import { emitOnnx, onnxInputName } from "../../../src/targets/onnx/emit-onnx.ts";
import { decodeOnnx, type OnnxModel } from "../../../src/formats/onnx-model.ts";
import { randomWeights } from "../../../src/weights/random-weights.ts";
import { graphBuilder, type ConvOptions } from "../../support/graph-builder.ts";
import { randomGraph } from "../../support/random-graph.ts";

const refuse = ({ message }: { readonly message: string }) => {
  throw new Error(message);
};

/** Checks what onnx.checker asks of a model, as far as the writer could break it. */
function problemsOf({ graph }: OnnxModel): readonly string[] {
  const problems: string[] = [];
  const known = new Set([...graph.initializer, ...graph.input].map(({ name }) => name));
  const used = new Set<string>();
  for (const { name, dims, dataType, rawData } of graph.initializer) {
    const bytes = elementsOf(dims) * (dataType === 1 ? 4 : 8);
    if (rawData.length !== bytes) problems.push(`${name} has ${rawData.length} bytes, not ${bytes}`);
  }
  for (const { name, input, output } of graph.node) {
    for (const value of input) {
      if (value !== "" && !known.has(value)) problems.push(`${name} reads ${value} before it is there`);
      used.add(value);
    }
    for (const value of output) {
      if (known.has(value)) problems.push(`${value} is written twice`);
      known.add(value);
    }
  }
  for (const { name } of graph.output) if (!known.has(name)) problems.push(`output ${name} is not written`);
  for (const { name } of graph.initializer) if (!used.has(name)) problems.push(`${name} is never read`);
  return problems;
}

function decoded(bytes: Uint8Array): OnnxModel {
  const result = decodeOnnx(bytes);
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

const modelOf = (graph: ShapedGraph, training: ShapedGraph, seed: number) =>
  decoded(emitOnnx(graph, randomWeights(training, seed)));

test("models of 100 random networks hold together", () => {
  for (let seed = 0; seed < 100; seed++) {
    const training = trainingGraph(randomGraph(seed), refuse);
    const graph = seed % 4 === 0 ? training : inferenceGraph(training, refuse);
    const model = modelOf(graph, training, seed);
    expect(problemsOf(model), `seed ${seed}`).toEqual([]);
    expect(model.graph.output.map(({ name }) => name)).toEqual(graph.outputs.map(({ name }) => name));
  }
});

test("zeros before a maximum do not become pads of it, which never win", () => {
  const builder = graphBuilder("apart", [4, 4, 1]);
  const zeros = { op: "pad", mode: "constant", margins: [1, 1, 1, 1], channels: [0, 0], value: 0 } as const;
  const window = { kernel: [2, 2], stride: [2, 2], dilation: [1, 1], padding: "valid" } as const;
  const pool = { op: "pool", mode: "max", countPadding: false, ceil: false, ...window } as const;
  const padded = builder.push("zeros", zeros, [builder.input]);
  const graph = builder.shaped(builder.push("pool", pool, [padded]));
  const { node } = modelOf(graph, graph, 1).graph;
  expect(node.map(({ opType }) => opType)).toEqual(["Transpose", "Pad", "Max", "MaxPool", "Transpose"]);
});

describe("a conv, a flatten and a dense", () => {
  const builder = graphBuilder("small", [5, 4, 2]);
  const conv = builder.act("conv", builder.conv("conv", builder.input, 3, { kernel: 3, stride: 2 }), "relu6");
  const flat = builder.push("flat", { op: "flatten" }, [conv]);
  const training = trainingGraph(builder.lowered(builder.dense("dense", flat, 7)), refuse);
  const graph = inferenceGraph(training, refuse);
  const weights = randomWeights(training, 1);
  const bytes = emitOnnx(graph, weights);
  const { graph: model } = decoded(bytes);

  test("the bytes that onnx.checker takes, and ONNX Runtime with the interpreter's numbers", () => {
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(
      "fa52d019a54262c13c5080d50c5d034fd3db103b7b1a70c7b4ee814ef6300c7c",
    );
  });

  test("nodes and shapes", () => {
    expect(model.node.map(({ opType, name }) => `${opType} ${name}`)).toEqual([
      "Transpose values/input",
      "Conv values/conv/linear",
      "Clip values/conv",
      "Transpose values/flat/rows",
      "Reshape values/flat",
      "Gemm values/dense",
      "Identity output",
    ]);
    const [input] = model.input;
    expect(input?.name).toBe(onnxInputName(graph));
    expect(input?.type.tensorType.shape.dim.map(({ dimValue }) => dimValue)).toEqual([1, 5, 4, 2]);
    const pads = model.node[1]?.attribute.find(({ name }) => name === "pads");
    // top, left, bottom, right
    expect(pads?.ints).toEqual([1, 0, 1, 1]);
  });

  test("a kernel has its filters first", () => {
    const stored = model.initializer.find(({ name }) => name === "values/conv/kernel");
    expect(stored?.dims).toEqual([3, 2, 3, 3]);
    const { data } = weights.get("conv/kernel")!;
    const { buffer, byteOffset, byteLength } = stored?.rawData ?? new Uint8Array();
    const turned = new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
    // Filter 2, input channel 1, row 0, column 2.
    expect(turned[((2 * 2 + 1) * 3 + 0) * 3 + 2]).toBe(data[((0 * 3 + 2) * 2 + 1) * 3 + 2]);
  });
});

describe("a transposed conv", () => {
  const modelWith = (options: ConvOptions, filters: number) => {
    const builder = graphBuilder("up", [3, 4, 4]);
    const training = trainingGraph(
      builder.lowered(builder.convTranspose("up", builder.input, filters, options)),
      refuse,
    );
    const weights = randomWeights(training, 1);
    const { graph } = decoded(emitOnnx(inferenceGraph(training, refuse), weights));
    const node = graph.node.find(({ opType }) => opType === "ConvTranspose") ?? expect.fail("no such node");
    const ints = Object.fromEntries(node.attribute.map((attribute) => [attribute.name, attribute.ints]));
    return { graph, ints, kernel: weights.get("up/kernel")!.data };
  };

  test("has its inputs first, group by group", () => {
    const { graph, ints, kernel } = modelWith({ stride: 2, padding: "torch", outputPadding: [1, 0], groups: 2 }, 6);
    expect(ints).toMatchObject({ pads: [1, 1, 0, 1], output_padding: [0, 0], strides: [2, 2] });
    const stored = graph.initializer.find(({ name }) => name === "values/up/kernel");
    expect(stored?.dims).toEqual([4, 3, 3, 3]);
    const { buffer, byteOffset, byteLength } = stored?.rawData ?? new Uint8Array();
    const turned = new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
    // Input channel 3 is the second of group 1; its filter 2 is filter 5 of all. Row 1, column 2.
    expect(turned[((3 * 3 + 2) * 3 + 1) * 3 + 2]).toBe(kernel[((1 * 3 + 2) * 2 + 1) * 6 + 5]);
  });

  test("adds rows beyond a stride by zeros after its input, since ONNX Runtime refuses a larger output padding", () => {
    const { graph, ints } = modelWith({ dilation: 3, padding: "valid", outputPadding: [2, 0] }, 4);
    expect(ints).toMatchObject({ pads: [0, 0, 0, 0], output_padding: [0, 0] });
    expect(graph.node.map(({ opType }) => opType)).toContain("Pad");
  });
});
