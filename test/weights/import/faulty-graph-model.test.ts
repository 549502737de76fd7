import { describe, expect, it } from "vitest";
import { readTfjs } from "../../../src/weights/import/read-tfjs.ts";
import { flag, fusedOps, graphFiles, windowed, type GraphJson } from "./tf-graph-files.ts";
import { encode } from "./tfjs-files.ts";

/** A conv, a depthwise conv, a norm on its own and a dense. */
function sound() {
  const g = graphFiles([4, 4, 2]);
  const conv = { ...windowed(1, "SAME"), ...fusedOps("BiasAdd", "Relu6") };
  let x = g.add("c", "_FusedConv2D", ["x", g.drawn("c/weights", [3, 3, 2, 4]), g.drawn("c/bias", [4])], conv);
  x = g.add("d", "DepthwiseConv2dNative", [x, g.drawn("d/weights", [3, 3, 4, 2])], windowed(1, "SAME"));
  x = g.add("d/BiasAdd", "BiasAdd", [x, g.drawn("d/bias", [8])]);
  x = g.add("relu", "Relu", [x]);
  const norm = ["gamma", "beta", "mean", "variance"].map((slot) => g.drawn(`n/${slot}`, [8], 1));
  x = g.add("n", "FusedBatchNormV3", [x, ...norm], { epsilon: { f: 0.001 } });
  x = g.add("pool", "Mean", [x, g.ints("axes", [1, 2])], { keep_dims: flag(false) });
  x = g.add("dense", "MatMul", [x, g.drawn("dense/weights", [8, 3])], { transpose_b: flag(false) });
  return g.files(x);
}

type Json = Record<string, unknown>;
type Change = (model: GraphJson & Json) => void;
const nodeOf = (model: GraphJson, name: string) =>
  model.modelTopology.node.find((node) => node.name === name) as unknown as Json;
const weightOf = (model: GraphJson, name: string) =>
  model.weightsManifest[0]!.weights.find((weight) => weight.name === name) as unknown as Json;
const nodes = (model: GraphJson) => model.modelTopology.node as unknown as Json[];

/** Returns the place where a tensor's bytes begin. */
function offsetOf(name: string): number {
  let offset = 0;
  for (const weight of sound().model.weightsManifest[0]!.weights) {
    if (weight.name === name) return offset;
    offset += 4 * weight.shape.reduce((a, b) => a * b, 1);
  }
  throw new Error(`no ${name}`);
}
const poke = (name: string, index: number, value: number) => (bytes: Uint8Array) => {
  new DataView(bytes.buffer).setFloat32(offsetOf(name) + 4 * index, value, true);
  return bytes;
};
/** Names of two constants change places in the manifest. */
const swap =
  (a: string, b: string): Change =>
  (model) => {
    const [one, other] = [weightOf(model, a), weightOf(model, b)];
    [one["name"], other["name"]] = [b, a];
  };

const models: readonly (readonly [what: string, change: Change, code: string, message: string])[] = [
  [
    "no topology",
    (m) => delete (m as Json)["modelTopology"],
    "file-header",
    'a list as "modelTopology.node", found none',
  ],
  [
    "nodes that are an object",
    (m) => ((m as Json)["modelTopology"] = { node: {} }),
    "file-header",
    'a list as "modelTopology.node", found an object',
  ],
  [
    "a node that is a number",
    (m) => nodes(m).push(7 as unknown as Json),
    "file-header",
    "an object as a node, found 7",
  ],
  ["a node without a name", (m) => delete nodeOf(m, "relu")["name"], "file-header", "a name for each node, found none"],
  [
    "a node without an op",
    (m) => delete nodeOf(m, "relu")["op"],
    "file-header",
    'a word as "op" of node "relu", found none',
  ],
  [
    "inputs in one word",
    (m) => (nodeOf(m, "relu")["input"] = "x"),
    "file-header",
    'a list of names as "input" of node "relu", found "x"',
  ],
  [
    "an input that is a number",
    (m) => (nodeOf(m, "relu")["input"] = [1]),
    "file-header",
    'a list of names as "input" of node "relu", found [1]',
  ],
  [
    "attributes in a list",
    (m) => (nodeOf(m, "relu")["attr"] = []),
    "file-header",
    'an object as "attr" of node "relu", found []',
  ],
  [
    "a node twice",
    (m) => nodes(m).push({ name: "relu", op: "Relu", input: ["x"] }),
    "file-header",
    'each node once, found "relu" twice',
  ],
  [
    "a node that is read and not there",
    (m) => (nodeOf(m, "relu")["input"] = ["gone"]),
    "file-header",
    'a node "gone", which "relu" reads, found none',
  ],
  [
    "__proto__ as an input",
    (m) => (nodeOf(m, "relu")["input"] = ["__proto__"]),
    "file-header",
    'a node "__proto__", which "relu" reads, found none',
  ],
  [
    "a node that reads itself",
    (m) => (nodeOf(m, "relu")["input"] = ["relu"]),
    "file-header",
    'without cycles, found a cycle before "relu"',
  ],
  [
    "a circle",
    (m) => (nodeOf(m, "c")["input"] = ["dense", "c/weights", "c/bias"]),
    "file-header",
    'a cycle before "c"',
  ],
  [
    "a constant without numbers",
    (m) => (weightOf(m, "d/bias")["name"] = "other"),
    "file-header",
    'Tensor "d/bias": expected its numbers in the manifest, found none',
  ],
  [
    "a kernel and a bias in each other's place",
    swap("c/bias", "c/weights"),
    "file-header",
    'Tensor "c/weights": expected the shape [3,3,2,4] of its node, found [4]',
  ],
  [
    "two kernels in each other's place",
    swap("d/weights", "dense/weights"),
    "file-header",
    'Tensor "d/weights": expected the shape [3,3,4,2] of its node, found [8,3]',
  ],
  [
    "a bias of another length",
    (m) => (nodeOf(m, "c")["input"] = ["x", "c/weights", "d/bias"]),
    "file-header",
    'Tensor "d/bias": expected 4 numbers, one for each channel of "c", found shape [8]',
  ],
  [
    "a norm with a vector too short",
    (m) => (nodeOf(m, "n")["input"] = ["relu", "n/gamma", "c/bias", "n/mean", "n/variance"]),
    "file-header",
    'Tensor "c/bias": expected the 8 channels of "n/gamma", found shape [4]',
  ],
  [
    "a constant of text",
    (m) => (weightOf(m, "axes")["dtype"] = "string"),
    "file-dtype",
    'Tensor "axes": expected a dtype of "float32", "int32" or "bool", found "string"',
  ],
  [
    "no dtype",
    (m) => delete weightOf(m, "c/bias")["dtype"],
    "file-dtype",
    'Tensor "c/bias": expected a dtype of "float32", "int32" or "bool", found none',
  ],
  [
    "a weight of whole numbers",
    (m) => (weightOf(m, "c/weights")["dtype"] = "int32"),
    "file-dtype",
    'Tensor "c/weights": expected the dtype "float32", found "int32"',
  ],
  [
    "a weight twice",
    (m) => (weightOf(m, "d/bias")["name"] = "c/bias"),
    "file-header",
    'each weight once, found "c/bias" twice',
  ],
  [
    "half an extent",
    (m) => (weightOf(m, "c/bias")["shape"] = [0.5, 8]),
    "file-header",
    'Tensor "c/bias": expected a list of whole numbers as shape, found [0.5,8]',
  ],
  [
    "a weight longer than the rest",
    (m) => (weightOf(m, "dense/weights")["shape"] = [9, 3]),
    "file-length",
    'Tensor "dense/weights": expected 108 bytes',
  ],
  [
    "no manifest",
    (m) => delete (m as Json)["weightsManifest"],
    "file-header",
    'a list as "weightsManifest", found none',
  ],
  [
    "a shard in a parent folder",
    (m) => ((m.weightsManifest[0] as Json).paths = ["../s.bin"]),
    "file-shard",
    'by plain names, found "../s.bin"',
  ],
  [
    "a shard at an address",
    (m) => ((m.weightsManifest[0] as Json).paths = ["https://x/s.bin"]),
    "file-shard",
    "by plain names",
  ],
  [
    "a shard that is missing",
    (m) => ((m.weightsManifest[0] as Json).paths = ["s.bin"]),
    "file-shard",
    'its shard "s.bin" beside it, found no such file',
  ],
  [
    "a quantisation without its scale",
    (m) => (weightOf(m, "c/bias")["quantization"] = { dtype: "uint8", min: 0 }),
    "file-quantization",
    'Tensor "c/bias": expected a scale above 0, found none',
  ],
  [
    "a scale of NaN",
    (m) => (weightOf(m, "c/bias")["quantization"] = { dtype: "uint8", min: 0, scale: NaN }),
    "file-quantization",
    'Tensor "c/bias": expected a scale above 0, found null',
  ],
  [
    "whole numbers in float16",
    (m) => (weightOf(m, "axes")["quantization"] = { dtype: "float16" }),
    "file-quantization",
    'Tensor "axes": expected a quantization dtype of "uint8" or "uint16", found "float16"',
  ],
];

const shards: readonly (readonly [
  what: string,
  change: (bytes: Uint8Array) => Uint8Array,
  code: string,
  message: string,
])[] = [
  ["a shard cut off", (bytes) => bytes.slice(0, -1), "file-length", 'Tensor "dense/weights": expected 96 bytes'],
  ["an empty shard", () => new Uint8Array(0), "file-length", 'Tensor "c/weights": expected 288 bytes'],
  ["trailing bytes", (bytes) => Uint8Array.from([...bytes, 0, 0]), "file-length", "2 trailing bytes"],
  [
    "NaN in a kernel",
    poke("c/weights", 5, NaN),
    "not-finite",
    'Tensor "c/weights": expected finite float32 numbers, found NaN at index 5',
  ],
  [
    "an infinity in a bias",
    poke("d/bias", 7, -Infinity),
    "not-finite",
    'Tensor "d/bias": expected finite float32 numbers, found -Infinity at index 7',
  ],
  [
    "a variance below zero",
    poke("n/variance", 2, -0.5),
    "negative-variance",
    'Tensor "n/variance": expected variances from 0, found -0.5 at index 2',
  ],
  [
    "the other byte order",
    (bytes) => bytes.map((_byte, i) => bytes[i - (i % 4) + 3 - (i % 4)]!),
    "negative-variance",
    'Tensor "n/variance": expected variances from 0',
  ],
];

function problemOf(json: Uint8Array, shard: Uint8Array) {
  const result = readTfjs(json, (name) => (name === "group1-shard1of1.bin" ? shard : null));
  if (result.ok) throw new Error("read without a problem");
  return result.problem;
}

describe("a faulty graph model", () => {
  const shardOf = () => sound().shards.get("group1-shard1of1.bin")!;

  it.each(models)("%s", (_what, change, code, message) => {
    const model = structuredClone(sound().model) as GraphJson & Json;
    change(model);
    const problem = problemOf(encode(model), shardOf());
    expect(problem.message).toContain(message);
    expect(problem.code).toBe(`weights/${code}`);
  });

  it.each(shards)("%s", (_what, change, code, message) => {
    const problem = problemOf(sound().json, change(shardOf()));
    expect(problem.message).toContain(message);
    expect(problem.code).toBe(`weights/${code}`);
  });

  it("is made of a sound one, whose nodes may have any name", () => {
    const { json, shards: files } = sound();
    const text = new TextDecoder()
      .decode(json)
      .replaceAll('"d/bias"', '"__proto__"')
      .replaceAll('"dense"', '"constructor"');
    const result = readTfjs(new TextEncoder().encode(text), (name) => files.get(name) ?? null);
    if (!result.ok) throw new Error(result.problem.message);
    expect(result.value.layers.map(({ name }) => name)).toEqual(["c", "d", "n", "constructor"]);
    expect(result.value.layers[1]?.tensors.get("bias")?.name).toBe("__proto__");
  });

  it("survives long chains and deep nesting", () => {
    const { model, shards: files } = sound();
    const chain = Array.from({ length: 20_000 }, (_unused, i) => ({
      name: `i${i}`,
      op: "Identity",
      input: [i === 0 ? "dense" : `i${i - 1}`],
    }));
    const long = { ...model, modelTopology: { node: [...chain.toReversed(), ...nodes(model)] } };
    expect(readTfjs(encode(long), (name) => files.get(name) ?? null).ok).toBe(true);
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    const text = `{"modelTopology":{"node":[{"name":"a","op":"A","attr":{"fused_ops":${deep}}}]},"weightsManifest":[]}`;
    expect(readTfjs(new TextEncoder().encode(text), () => null).ok).toBe(true);
  });
});
