import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import type { ShapedGraph } from "../../../../src/ir/graph.ts";
import { trainingGraph } from "../../../../src/passes/pipeline.ts";
import type { EmittedFile } from "../../../../src/targets/emitted-file.ts";
import { layersModelFiles } from "../../../../src/targets/tfjs/models/layers-model.ts";
import { randomWeights } from "../../../../src/weights/random-weights.ts";
import { compileSpecFile } from "../../../support/compile-spec-file.ts";
import { randomGraph } from "../../../support/random-graph.ts";
import { layerValues, loadedModel, randomImage, useCpu } from "../emitted-model.ts";
import { opNetworks } from "./op-networks.ts";
import { fromFiles, modelJson } from "./saved-model.ts";

beforeAll(useCpu);

/** The loaded model is the one `createModel` builds: its layers, settings and wiring, what trains, and every value. */
async function expectSameModel(graph: ShapedGraph, seed = 1): Promise<void> {
  const { model, weights } = await loadedModel(graph, seed);
  const loaded = await tf.loadLayersModel(fromFiles(layersModelFiles(graph, weights), "layers"));
  expect(loaded.toJSON(null, false)).toEqual(model.toJSON(null, false));
  const names = (variables: tf.LayerVariable[]) => variables.map(({ originalName }) => originalName);
  expect(names(loaded.trainableWeights)).toEqual(names(model.trainableWeights));
  expect(names(loaded.nonTrainableWeights)).toEqual(names(model.nonTrainableWeights));
  const image = randomImage(graph, seed);
  expect(layerValues(graph, loaded, image)).toEqual(layerValues(graph, model, image));
  model.dispose();
  loaded.dispose();
}

describe("layers/model.json", () => {
  it.each(opNetworks())("%s", async (_name, graph) => {
    await expectSameModel(graph);
  });
  it.each(Array.from({ length: 15 }, (_unused, seed) => seed))("random network %i", async (seed) => {
    const graph = trainingGraph(randomGraph(seed), (diagnostic) => expect.fail(diagnostic.message));
    await expectSameModel(graph, seed);
  });
  it.each(["mobilenet_v2", "mobilenet_v3", "shufflenet_v2"])("%s, small", { timeout: 120_000 }, async (name) => {
    await expectSameModel(compileSpecFile(`${name}.mnet`, { set: { size: 32, classes: 10 } }).training);
  });
});

describe("shards", () => {
  const graph = compileSpecFile("mobilenet_v2.mnet", { set: { size: 32 } }).training;
  const files = layersModelFiles(graph, randomWeights(graph, 1));

  it("are 4 MiB long but for the last, hold every weight, and are named by the manifest", () => {
    const shards = files.filter(({ path }) => path.endsWith(".bin"));
    const sizes = shards.map(({ contents }) => contents.length);
    expect(sizes.slice(0, -1)).toEqual([4_194_304, 4_194_304, 4_194_304]);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(4 * 3_538_984);
    const [group] = modelJson(files, "layers").weightsManifest;
    expect(group?.paths.map((path) => `layers/${path}`)).toEqual(shards.map(({ path }) => path));
  });

  it("are the same bytes again", () => {
    // Compared as text: element by element takes minutes.
    const text = (of: readonly EmittedFile[]) =>
      of.map(({ path, contents }) => `${path} ${Buffer.from(contents).toString("base64")}`).join("\n");
    expect(text(layersModelFiles(graph, randomWeights(graph, 1))) === text(files)).toBe(true);
  });
});
