import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import type { ShapedGraph } from "../../../src/ir/graph.ts";
import { trainingGraph, unmergedGraph } from "../../../src/passes/pipeline.ts";
import { foldedForm } from "../../../src/targets/tfjs/models/folded-form.ts";
import { graphModelFiles } from "../../../src/targets/tfjs/models/graph-model.ts";
import { normScaleShift } from "../../../src/weights/bind.ts";
import { checkWeights } from "../../../src/weights/check-weights.ts";
import { importCheckpoint } from "../../../src/weights/import/import-checkpoint.ts";
import { readTfjs } from "../../../src/weights/import/read-tfjs.ts";
import { randomWeights } from "../../../src/weights/random-weights.ts";
import type { WeightStore } from "../../../src/formats/tensor.ts";
import { compiled, network } from "../../support/compile-text.ts";
import { randomGraph } from "../../support/random-graph.ts";
import { opNetworks } from "../../targets/tfjs/models/op-networks.ts";
import { accepted, image, outputFault } from "./fixtures.ts";
import { flag, fusedOps, graphFiles, runGraph, windowed, type GraphFiles } from "./tf-graph-files.ts";
import { encode, type ModelFiles } from "./tfjs-files.ts";

beforeAll(() => {
  tf.enableProdMode();
  // Another test file of this process may have set it, and it slows every kernel.
  tf.env().set("IS_TEST", false);
  return tf.setBackend("cpu");
});

const refuse = (diagnostic: { readonly message: string }) => expect.fail(diagnostic.message);
const read = ({ json, shards }: ModelFiles) => accepted(readTfjs(json, (name) => shards.get(name) ?? null));

function run(body: string, files: ModelFiles, input: string, names: Readonly<Record<string, string>> = {}) {
  const compiledNetwork = compiled(network(body, input));
  const found = importCheckpoint(compiledNetwork.training, read(files), new Map(Object.entries(names)));
  return {
    ...found,
    network: compiledNetwork,
    codes: found.diagnostics.map(({ severity, code }) => `${severity} ${code}`),
  };
}

function weightsOf({ value, diagnostics }: { value: WeightStore | null; diagnostics: readonly { message: string }[] }) {
  return value ?? expect.fail(diagnostics.map(({ message }) => message).join("\n"));
}

describe("a graph model that mnet wrote", () => {
  /** The float32 numbers that targets store. */
  function stored(inference: ShapedGraph, weights: WeightStore): ReadonlyMap<string, Buffer> {
    const { graph, weights: folded } = foldedForm(inference, weights);
    const bits = (data: ArrayLike<number>) => Buffer.from(Float32Array.from(data).buffer);
    return new Map(
      graph.nodes.flatMap((node): [string, Buffer][] => {
        if (node.op === "batch_norm") {
          const { scale, shift } = normScaleShift(node, folded);
          return [
            [`${node.path} scale`, bits(scale)],
            [`${node.path} shift`, bits(shift)],
          ];
        }
        return ["kernel", "bias"].flatMap((slot): [string, Buffer][] => {
          const tensor = folded.get(`${node.path}/${slot}`);
          return tensor === undefined ? [] : [[tensor.name, bits(tensor.data)]];
        });
      }),
    );
  }

  /** A norm on the input itself is taken for scaling, and a kernel with zeros between its taps for a larger one. */
  const told = (graph: ShapedGraph) => {
    const [input] = graph.nodes;
    const steps = new Set([input?.id]);
    for (const node of graph.nodes) if (node.op === "dropout" && steps.has(node.inputs[0])) steps.add(node.id);
    return !graph.nodes.some(
      (node) =>
        (node.op === "batch_norm" && steps.has(node.inputs[0])) ||
        ((node.op === "conv" || node.op === "depthwise") &&
          Math.max(...node.stride) > 1 &&
          Math.max(...node.dilation) > 1) ||
        (node.op === "conv_transpose" && Math.max(...node.dilation) > 1),
    );
  };
  /** The reader knows convs, dense layers and batch norms, and takes no other layer's weights from a frozen graph. */
  const known = (graph: ShapedGraph) =>
    !graph.nodes.some(
      (node) =>
        node.op === "sample_norm" ||
        node.op === "response_norm" ||
        node.op === "prelu" ||
        node.op === "scale" ||
        (node.op === "shift" && node.amount !== null),
    ) && !unmergedGraph(graph, refuse).nodes.some(({ op }) => op === "shift");
  const holdsUnknown = (graph: ShapedGraph) =>
    unmergedGraph(graph, refuse).nodes.some(
      (node) =>
        node.op === "prelu" ||
        node.op === "response_norm" ||
        (node.op === "sample_norm" && (node.scale || node.center)) ||
        (node.op === "scale" && node.factor === null) ||
        (node.op === "shift" && node.amount === null),
    );
  const random = Array.from(
    { length: 60 },
    (_unused, seed) => [`random ${seed}`, trainingGraph(randomGraph(seed), refuse)] as const,
  );

  it.each(opNetworks().filter(([, graph]) => holdsUnknown(graph)))("%s: refused, not guessed", (_name, training) => {
    const inference = unmergedGraph(training, refuse);
    const files = new Map(
      graphModelFiles(foldedForm(inference, randomWeights(training, 1))).map(({ path, contents }) => [
        path.replace("graph/", ""),
        typeof contents === "string" ? new TextEncoder().encode(contents) : contents,
      ]),
    );
    const checkpoint = accepted(readTfjs(files.get("model.json")!, (name) => files.get(name) ?? null));
    const found = importCheckpoint(training, checkpoint, new Map());
    expect(found.diagnostics.some(({ severity }) => severity === "error")).toBe(true);
  });

  it.each([...random, ...opNetworks()].filter(([, graph]) => told(graph) && known(graph)))(
    "%s: folded again, the same numbers",
    (_name, training) => {
      const inference = unmergedGraph(training, refuse);
      const weights = randomWeights(training, 1);
      const files = new Map(
        graphModelFiles(foldedForm(inference, weights)).map(({ path, contents }) => [
          path.replace("graph/", ""),
          typeof contents === "string" ? new TextEncoder().encode(contents) : contents,
        ]),
      );
      const checkpoint = accepted(readTfjs(files.get("model.json")!, (name) => files.get(name) ?? null));
      const found = importCheckpoint(training, checkpoint, new Map());
      const back = weightsOf(found);
      expect(found.diagnostics.filter(({ severity }) => severity !== "info")).toEqual([]);
      expect(checkWeights(training, back)).toEqual([]);
      expect(stored(inference, back)).toEqual(stored(inference, weights));
    },
  );
});

const input = "input image [8, 8, 3] mean=127.5 std=127.5";
const body = `
  stem: conv 3x3 4 stride=2 norm=batch(eps=1e-3) act=relu6
  sum: branch add {
    path { }
    path {
      depthwise: depthwise 3x3 norm=batch act=relu6
      project: conv 1x1 4 norm=batch
    }
  }
  pool avg
  flatten
  head: dense 5 act=softmax`;

/** The graph that freezing leaves when the converter neither folds nor fuses. */
function unfused() {
  const g = graphFiles([8, 8, 3]);
  const norm = (name: string, from: string) =>
    g.add(
      name,
      "FusedBatchNormV3",
      [
        from,
        ...(["gamma", "beta", "mean", "variance"] as const).map((slot, i) =>
          g.drawn(`${name}/${slot}`, [4], i % 3 ? 0 : 1),
        ),
      ],
      { epsilon: { f: 0.002 }, is_training: flag(false) },
    );
  let x = g.add("scale", "Mul", [g.given("scale/y", [], [2]), "x"]);
  x = g.add("shift", "Sub", [x, g.given("shift/y", [], [1])]);
  x = g.add("Conv", "Conv2D", [x, g.drawn("Conv/weights", [3, 3, 3, 4])], windowed(2, "SAME"));
  x = g.add("Conv/BiasAdd", "BiasAdd", [x, g.drawn("Conv/biases", [4])], windowed(1, "SAME"));
  const stem = g.add("Conv/Relu6", "Relu6", [x]);
  x = g.add("dw", "DepthwiseConv2dNative", [stem, g.drawn("dw/weights", [3, 3, 4, 1])], windowed(1, "SAME"));
  x = g.add("dw/Relu6", "Relu6", [norm("dw/BatchNorm", x)]);
  x = g.add("project", "Conv2D", [x, g.drawn("project/weights", [1, 1, 4, 4])], windowed(1, "SAME"));
  x = g.add("project/Mul", "Mul", [x, g.drawn("project/scale", [4], 1)]);
  x = g.add("project/Add", "AddV2", [g.drawn("project/offset", [1, 1, 1, 4]), x]);
  x = g.add("add", "AddV2", [stem, x]);
  x = g.add("pool", "Mean", [x, g.ints("axes", [1, 2])], { keep_dims: flag(true) });
  x = g.add("squeeze", "Squeeze", [x], { squeeze_dims: { list: { i: ["1", "2"] } } });
  const dense = { transpose_a: flag(false), transpose_b: flag(true) };
  x = g.add("dense", "MatMul", [x, g.add("dense/read", "Identity", [g.drawn("dense/kernel", [5, 4])])], dense);
  x = g.add("dense/BiasAdd", "BiasAdd", [x, g.drawn("dense/bias", [5])], windowed(1, "SAME"));
  return { g, output: g.add("Identity", "Identity", [g.add("softmax", "Softmax", [x])]) };
}

/** The graph that the converter writes: fused kernels, a pool and a reshape before the classifier. */
function fused() {
  const g = graphFiles([8, 8, 3]);
  let x = g.add("shift", "Sub", [
    g.add("scale", "Mul", ["x", g.given("scale/y", [], [2])]),
    g.given("shift/y", [], [1]),
  ]);
  const conv = (name: string, op: string, kernel: readonly number[], from: string, stride: number, ...ops: string[]) =>
    g.add(name, op, [from, g.drawn(`${name}_weights`, kernel), g.drawn(`${name}_bn_offset`, [4])], {
      ...windowed(stride, "SAME"),
      ...fusedOps("BiasAdd", ...ops),
    });
  const stem = conv("Conv/Relu6", "_FusedConv2D", [3, 3, 3, 4], x, 2, "Relu6");
  x = conv("dw", "FusedDepthwiseConv2dNative", [3, 3, 4, 1], stem, 1, "Relu6");
  x = g.add("add", "AddV2", [stem, conv("project", "_FusedConv2D", [1, 1, 4, 4], x, 1)]);
  x = g.add("pool", "AvgPool", [x], { ...windowed(1, "VALID"), ksize: { list: { i: ["1", "4", "4", "1"] } } });
  x = g.add("reshape", "Reshape", [x, g.ints("reshape/shape", [-1, 4])]);
  const dense = { transpose_a: flag(false), transpose_b: flag(false), ...fusedOps("BiasAdd") };
  x = g.add("dense", "_FusedMatMul", [x, g.drawn("Func/input/_1", [4, 5]), g.drawn("Func/input/_2", [5])], dense);
  return { g, output: g.add("Identity", "Identity", [g.add("softmax", "Softmax", [x])]) };
}

/** The image in tf.js before it is scaled, and what comes out. */
const expected = (files: GraphFiles) =>
  runGraph(
    files,
    Float32Array.from(image(8), (value) => (value + 1) / 2),
    [8, 8, 3],
  );

describe("a graph model as converters write it", () => {
  it.each([
    ["neither folded nor fused", unfused],
    ["folded and fused", fused],
  ] as const)("%s: computes here what it computes there", async (_name, build) => {
    const { g, output } = build();
    const files = g.files(output);
    const found = run(body, files, input);
    expect(outputFault(found.network, weightsOf(found), await expected(files))).toBeNull();
    expect(found.codes).toEqual(["info weights/folded", "info weights/input-scaling"]);
  });

  it("is read in whatever order its nodes stand", () => {
    const { g, output } = unfused();
    const backwards = run(
      body,
      g.files(output, (nodes) => nodes.toReversed()),
      input,
    );
    expect(weightsOf(backwards)).toEqual(weightsOf(run(body, g.files(output), input)));
  });

  it("is read as tf.js reads it where it is quantised", async () => {
    const { g, output } = fused();
    const { model } = g.files(output);
    const [group] = model.weightsManifest;
    const stored: number[] = [];
    const weights = group!.weights.map((weight, i) => {
      const isScale = weight.shape.length === 0;
      for (let n = 0; n < weight.shape.reduce((a, b) => a * b, 1); n++)
        stored.push(isScale || weight.dtype === "int32" ? n : (n * 37 + i * 11) % 256);
      if (weight.dtype === "int32") return { ...weight, quantization: { dtype: "uint8", scale: 5, min: -1 } };
      const min = weight.name === "scale/y" ? 2 : 1;
      return {
        ...weight,
        quantization: { dtype: "uint8", ...(isScale ? { scale: 1, min } : { scale: 0.01, min: -1.1 }) },
      };
    });
    const quantised = { ...model, weightsManifest: [{ paths: ["a.bin"], weights }] };
    const files = { model: quantised, json: encode(quantised), shards: new Map([["a.bin", Uint8Array.from(stored)]]) };
    const found = run(body, files, input);
    expect(outputFault(found.network, weightsOf(found), await expected(files))).toBeNull();
  });

  it("keeps a norm on its own as a norm, with its epsilon", async () => {
    const g = graphFiles([8, 8, 3]);
    const conv = g.add("c", "Conv2D", ["x", g.drawn("c/weights", [1, 1, 3, 4])], windowed(1, "SAME"));
    const relu = g.add("relu", "Relu", [conv]);
    const slots = ["gamma", "beta", "mean", "variance"].map((slot, i) => g.drawn(`bn/${slot}`, [4], i % 3 ? 0 : 1));
    const norm = g.add("bn", "FusedBatchNormV3", [relu, ...slots], { epsilon: { f: 0.001 }, is_training: flag(false) });
    const files = g.files(norm);
    const found = run("  c: conv 1x1 4 bias=false act=relu\n  n: norm batch eps=1e-3", files, "input image [8, 8, 3]");
    expect(found.codes).toEqual([]);
    expect(weightsOf(found).get("n/variance")?.data).toHaveLength(4);
    expect(
      outputFault(found.network, weightsOf(found), await runGraph(files, Float32Array.from(image(8)), [8, 8, 3])),
    ).toBeNull();
    const other = run("  c: conv 1x1 4 bias=false act=relu\n  n: norm batch eps=1e-5", files, "input image [8, 8, 3]");
    expect(other.diagnostics.map(({ message }) => message)).toEqual([
      'Norm "n" adds 0.00001 to the variance, and the checkpoint\'s "bn" adds 0.001.',
    ]);
  });
});

describe("what an import of a graph model says", () => {
  const { g, output } = fused();
  const files = g.files(output);
  const messages = (spec: string, head: string) =>
    run(spec, files, head).diagnostics.map(({ severity, message }) => `${severity} ${message}`);

  it("names the norms that were folded, and the scaling of the input", () => {
    expect(messages(body, input)).toEqual([
      'info The 3 norms of "N" are folded in the tf.js graph model. The imported weights have gamma 1, mean 0, variance 1 - eps, and the bias as beta.',
      'info The checkpoint scales its input by 2 and adds -1. The mean and std of "image" do the same here, so the input of the network is the scaled value.',
    ]);
  });

  it.each([
    ["input image [8, 8, 3]", "no mean and std"],
    ["input image [8, 8, 3] mean=[120, 115, 100] std=58", "mean [120, 115, 100] and std 58"],
  ])("warns that %s is another scaling", (head, has) => {
    const { diagnostics } = run(body, files, head);
    expect(diagnostics.at(-1)).toMatchObject({
      code: "weights/input-scaling",
      severity: "warning",
      message: `The checkpoint scales its input by 2 and adds -1, and "image" has ${has}.`,
      hint: "Write mean=127.5 std=127.5 on the input, for pixels of 0 to 255.",
    });
  });

  it("lists the bias as the norm's beta, and takes it so from a map", () => {
    const { table } = run(body, files, input);
    expect(table.slice(0, 2).map(({ name, from, reason }) => `${name} ${from} ${reason}`)).toEqual([
      "stem/kernel Conv/Relu6_weights structure",
      "stem/norm/beta Conv/Relu6_bn_offset structure",
    ]);
    const swapped = run(body, files, input, {
      "stem/norm/beta": "project_bn_offset",
      "sum/path2/project/norm/beta": "Conv/Relu6_bn_offset",
    });
    expect(swapped.table.find(({ name }) => name === "stem/norm/beta")).toMatchObject({
      from: "project_bn_offset",
      reason: "map",
    });
  });

  it("is an error where the spec has no bias for one that the graph adds, or another shape", () => {
    const { value: weights, diagnostics } = run(
      body.replace("head: dense 5", "head: dense 5 bias=false"),
      files,
      input,
    );
    expect(weights).toBeNull();
    expect(diagnostics[0]).toMatchObject({
      code: "weights/misfit",
      message: 'Layer "head" has no bias, but the checkpoint has one.',
      hint: "Write bias=true.",
    });
    expect(run(body.replace("dense 5", "dense 6"), files, input).diagnostics[0]).toMatchObject({
      code: "weights/misfit",
      message: 'The network has 1 layer with kernel 1x1x4x6, bias 6 ("head"), and the checkpoint has none.',
    });
  });
});
