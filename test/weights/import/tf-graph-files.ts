import * as tf from "@tensorflow/tfjs";
import { randomSource } from "../../../src/weights/random.ts";
import { encode, type ModelFiles } from "./tfjs-files.ts";

/** A graph model as TensorFlow's converter would write it, node by node. */
export interface GraphFiles extends ModelFiles {
  readonly model: GraphJson;
}

interface ManifestEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: unknown;
}

export interface GraphJson {
  readonly format: "graph-model";
  readonly signature: object;
  readonly modelTopology: { readonly node: readonly GraphNode[]; readonly versions: object };
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly ManifestEntry[];
  }[];
}

interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: object;
}

const word = (text: string) => ({ s: btoa(text) });
const ints = (values: readonly number[]) => ({ list: { i: values.map(String) } });
const float = { type: "DT_FLOAT" };

/** Attributes of a conv or pool. */
export const windowed = (stride: number, padding: "SAME" | "VALID") => ({
  strides: ints([1, stride, stride, 1]),
  dilations: ints([1, 1, 1, 1]),
  padding: word(padding),
  data_format: word("NHWC"),
});
export const fusedOps = (...ops: string[]) => ({
  fused_ops: { list: { s: ops.map((op) => btoa(op)) } },
  num_args: { i: "1" },
});
export const flag = (b: boolean) => ({ b });

/** Collects nodes and constants; every constant is drawn from its name. */
export function graphFiles(input: readonly number[]) {
  const nodes: GraphNode[] = [];
  const weights: ManifestEntry[] = [];
  const chunks: Uint8Array[] = [];
  const dims = (shape: readonly number[]) => ({ dim: shape.map((size) => ({ size: String(size) })) });
  const constant = (name: string, shape: readonly number[], dtype: "float32" | "int32", bytes: Uint8Array) => {
    const type = dtype === "float32" ? "DT_FLOAT" : "DT_INT32";
    nodes.push({
      name,
      op: "Const",
      attr: { dtype: { type }, value: { tensor: { dtype: type, tensorShape: dims(shape) } } },
    });
    weights.push({ name, shape, dtype });
    chunks.push(bytes);
    return name;
  };
  const add = (name: string, op: string, from: readonly string[], attr: object = {}) => {
    nodes.push({ name, op, input: from, attr: { T: float, ...attr } });
    return name;
  };
  add("x", "Placeholder", [], { dtype: float, shape: { shape: dims([-1, ...input]) } });
  return {
    add,
    given: (name: string, shape: readonly number[], values: readonly number[]) =>
      constant(name, shape, "float32", new Uint8Array(Float32Array.from(values).buffer)),
    ints: (name: string, values: readonly number[]) =>
      constant(name, [values.length], "int32", new Uint8Array(Int32Array.from(values).buffer)),
    /** Numbers around `around`. */
    drawn(name: string, shape: readonly number[], around = 0) {
      const random = randomSource(1, name);
      const size = shape.reduce((a, b) => a * b, 1);
      return this.given(
        name,
        shape,
        Array.from({ length: size }, () => around + random.uniform() - 0.5),
      );
    },
    files(output: string, order: (nodes: readonly GraphNode[]) => readonly GraphNode[] = (all) => all): GraphFiles {
      const model: GraphJson = {
        format: "graph-model",
        signature: {
          inputs: { x: { name: "x:0", dtype: "DT_FLOAT", tensorShape: dims([-1, ...input]) } },
          outputs: { y: { name: `${output}:0` } },
        },
        modelTopology: { node: order(nodes), versions: { producer: 440 } },
        weightsManifest: [{ paths: ["group1-shard1of1.bin"], weights }],
      };
      const shards = new Map([["group1-shard1of1.bin", Uint8Array.from(Buffer.concat(chunks))]]);
      return { model, json: encode(model), shards };
    },
  };
}

/** What tf.js computes with it. */
export async function runGraph(
  { model, shards }: GraphFiles,
  x: Float32Array,
  shape: readonly number[],
): Promise<number[]> {
  const { weightsManifest, ...json } = model;
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  const weightData = Uint8Array.from(Buffer.concat([...shards.values()])).buffer;
  const artifacts = { ...json, weightSpecs, weightData } as unknown as tf.io.ModelArtifacts;
  const loaded = await tf.loadGraphModel({ load: () => Promise.resolve(artifacts) });
  const output = loaded.predict(tf.tensor(x, [1, ...shape])) as tf.Tensor;
  const values = [...output.dataSync()];
  output.dispose();
  loaded.dispose();
  return values;
}
