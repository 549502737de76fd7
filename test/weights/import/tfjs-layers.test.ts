import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { importWeights } from "../../../src/weights/import/import-weights.ts";
import { readTfjs } from "../../../src/weights/import/read-tfjs.ts";
import { compiled, network } from "../../support/compile-text.ts";
import { accepted, image, imported, outputFault } from "./fixtures.ts";
import { encode, modelFiles, residualModel, residualSpec, saveModel, type ModelFiles } from "./tfjs-files.ts";

const compile = (body: string) => compiled(network(body, "input image [8, 8, 3]"));
const read = ({ json, shards }: ModelFiles) => readTfjs(json, (name) => shards.get(name) ?? null);

beforeAll(() => tf.setBackend("cpu"));

describe("a model that tf.js saved", () => {
  it("computes here what it computes there, though two convs could be taken for each other", async () => {
    const model = residualModel();
    const output = model.predict(tf.tensor(Float32Array.from(image(8)), [1, 8, 8, 3])) as tf.Tensor;
    const network = compile(residualSpec);
    const checkpoint = accepted(read(await saveModel(model, 100)));
    const weights = imported(network, checkpoint);
    expect(outputFault(network, weights, [...output.dataSync()])).toBeNull();
    const { table } = importWeights(network.training, checkpoint, new Map());
    expect(new Set(table.map(({ reason }) => reason))).toEqual(new Set(["structure"]));
    expect(table.find(({ name }) => name === "sum/side/conv/kernel")?.from).toBe("a/kernel");
  });

  it("says that a norm's epsilon differs", async () => {
    const { training } = compile(residualSpec.replace("eps=1e-3", "eps=1e-5"));
    const checkpoint = accepted(read(await saveModel(residualModel(), 1000)));
    const { value: weights, diagnostics } = importWeights(training, checkpoint, new Map());
    expect(weights).not.toBeNull();
    expect(diagnostics).toMatchObject([
      {
        code: "weights/epsilon",
        severity: "warning",
        message: `Norm "sum/main/depthwise/norm" adds 0.00001 to the variance, and the checkpoint's "n" adds 0.001.`,
        hint: "Write norm=batch(eps=0.001).",
      },
    ]);
  });

  it("is refused where its structure is gone and two paths fit", async () => {
    const { json, shards } = await saveModel(residualModel(), 1000);
    const { weightsManifest } = JSON.parse(new TextDecoder().decode(json)) as { weightsManifest: unknown };
    const { training } = compile(residualSpec);
    const checkpoint = accepted(read({ json: encode({ modelTopology: null, weightsManifest }), shards }));
    const { value: weights, diagnostics } = importWeights(training, checkpoint, new Map());
    expect(weights).toBeNull();
    expect(diagnostics.map(({ code }) => code)).toEqual(["weights/ambiguous"]);
  });
});

describe("quantised weights are what tf.js makes of them", () => {
  const shape = [3, 4, 5];
  const stored = Uint8Array.from({ length: 120 }, (_unused, i) => (i * 151 + 7) % 120);
  it.each([
    ["uint8", stored.slice(0, 60), { dtype: "uint8", scale: 0.0123, min: -0.77 }],
    ["uint16", stored, { dtype: "uint16", scale: 1e-4, min: -1.5 }],
    ["float16", stored, { dtype: "float16", original_dtype: "float32" }],
  ] as const)("%s", (_dtype, bytes, quantization) => {
    const weights = [{ name: "a/kernel", shape, dtype: "float32" as const, quantization }];
    const wanted = tf.io.decodeWeights(bytes.buffer.slice(0, bytes.length), [...weights])["a/kernel"]!;
    const checkpoint = accepted(read(modelFiles(null, weights, bytes, 50)));
    const tensor = checkpoint.layers[0]?.tensors.get("kernel");
    expect(tensor?.shape).toEqual(shape);
    expect([...tensor!.data]).toEqual([...wanted.dataSync()]);
  });
});
