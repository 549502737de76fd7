import * as tf from "@tensorflow/tfjs";
import { expect, test } from "vitest";
import { modelHandler } from "../../src/running/model-handler.ts";
import { interpretOutputs } from "../../src/reference/interpret.ts";
import { emitTfjsModels } from "../../src/targets/tfjs/emit-models.ts";
import { randomWeights } from "../../src/weights/random-weights.ts";
import { compileText } from "../support/compile-text.ts";

const spec = `network Net {
  input image [6, 6, 3]
  a: conv 3x3 4 norm=batch act=relu6
  b: classifier 5
}
`;

function reader() {
  const { value: network } = compileText(spec);
  if (network === null) throw new Error("the spec does not compile");
  const weights = randomWeights(network.training, 1);
  const files = new Map(
    emitTfjsModels(network, weights).map(({ path, contents }) => [
      path,
      typeof contents === "string" ? new TextEncoder().encode(contents) : contents,
    ]),
  );
  const read = (path: string) => files.get(`graph/${path}`) ?? new Uint8Array();
  return { network, weights, read };
}

test("tf.js loads a graph model from memory and computes what the interpreter does", async () => {
  await tf.setBackend("cpu");
  const { network, weights, read } = reader();
  const model = await tf.loadGraphModel(modelHandler(read));
  const image = Float32Array.from({ length: 108 }, (_unused, i) => Math.sin(i));
  const output = model.predict(tf.tensor(image, [1, 6, 6, 3])) as tf.Tensor;
  const exact = interpretOutputs(network.inference, weights, image).get("output") ?? [];
  const values = await output.data();
  expect(values).toHaveLength(5);
  values.forEach((value, i) => expect(value).toBeCloseTo(exact[i] ?? NaN, 4));
  model.dispose();
});

test("a shard that is cut off is refused, not read as something else", async () => {
  const { read } = reader();
  const cut = (path: string) => (path.endsWith(".bin") ? read(path).slice(0, -4) : read(path));
  await expect(tf.loadGraphModel(modelHandler(cut))).rejects.toThrow(
    /^The weights have \d+ bytes, but model\.json lists \d+\.$/,
  );
});

test("a type that is not known is refused by name", async () => {
  const { read } = reader();
  const strange = (path: string) =>
    path === "model.json"
      ? new TextEncoder().encode(new TextDecoder().decode(read(path)).replace('"dtype":"float32"', '"dtype":"string"'))
      : read(path);
  await expect(tf.loadGraphModel(modelHandler(strange))).rejects.toThrow(
    /stores ".+" as string, which mnet does not know/,
  );
});
