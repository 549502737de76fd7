import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ShapedGraph } from "../../../src/ir/graph.ts";
import { trainingGraph } from "../../../src/passes/pipeline.ts";
import { layersModelFiles } from "../../../src/targets/tfjs/models/layers-model.ts";
import type { FileResult } from "../../../src/formats/file-problem.ts";
import type { Checkpoint } from "../../../src/weights/import/checkpoint.ts";
import { importCheckpoint } from "../../../src/weights/import/import-checkpoint.ts";
import { readSafetensorsCheckpoint } from "../../../src/weights/import/read-safetensors-checkpoint.ts";
import { readTfjs } from "../../../src/weights/import/read-tfjs.ts";
import { randomWeights } from "../../../src/weights/random-weights.ts";
import { writeSafetensors } from "../../../src/formats/safetensors.ts";
import type { WeightStore } from "../../../src/formats/tensor.ts";
import { compileSpecFile } from "../../support/compile-spec-file.ts";
import { buildGraph, graphRecipes } from "../../support/random-graph.ts";
import { opNetworks } from "../../targets/tfjs/models/op-networks.ts";
import { accepted } from "./fixtures.ts";

const refuse = (diagnostic: { readonly message: string }) => expect.fail(diagnostic.message);

/** Exports, and reads what was exported. */
const formats: Readonly<Record<string, (graph: ShapedGraph, weights: WeightStore) => FileResult<Checkpoint>>> = {
  safetensors: (_graph, weights) => readSafetensorsCheckpoint(writeSafetensors(weights)),
  "tfjs-layers": (graph, weights) => {
    const files = new Map(layersModelFiles(graph, weights).map(({ path, contents }) => [path, contents]));
    const json = new TextEncoder().encode(String(files.get("layers/model.json")));
    return readTfjs(json, (name) => (files.get(`layers/${name}`) as Uint8Array | undefined) ?? null);
  },
};

const bits = (weights: WeightStore) =>
  [...weights].map(
    ([name, { shape, data }]) => `${name} ${shape.join()} ${Buffer.from(data.slice().buffer).toString("hex")}`,
  );

/** Weights with the numbers that a careless way through text or another type would lose. */
function awkward(graph: ShapedGraph, seed: number): WeightStore {
  const odd = [-0, 2 ** -149, -(2 ** -126), 1 + 2 ** -23, 2 ** 63];
  return new Map(
    [...randomWeights(graph, seed)].map(([name, tensor]) => {
      const data = tensor.data.map((value, i) => (name.endsWith("variance") ? value : (odd[i % 7] ?? value)));
      return [name, { ...tensor, data }];
    }),
  );
}

function comesBack(training: ShapedGraph, format: string, seed: number): void {
  const weights = awkward(training, seed);
  const found = importCheckpoint(training, accepted(formats[format]!(training, weights)), new Map());
  expect(found.diagnostics).toEqual([]);
  expect(bits(found.value!)).toEqual(bits(weights));
}

describe.each(Object.keys(formats))("import of what was exported as %s", (format) => {
  it("is the same, bit for bit, whatever the network", () => {
    fc.assert(
      fc.property(graphRecipes, fc.nat(), (recipe, seed) => {
        comesBack(trainingGraph(buildGraph(recipe), refuse), format, seed);
      }),
      { numRuns: 60 },
    );
  });

  it("is the same for every op, however it is set", () => {
    for (const [, graph] of opNetworks()) comesBack(graph, format, 1);
  });

  it.each(["mobilenet_v3", "shufflenet_v2", "kitchen_sink"])("is the same for %s", (name) => {
    comesBack(compileSpecFile(`${name}.mnet`).training, format, 1);
  });
});

it("takes the weights of a network with other labels, in their order", () => {
  const network = compileSpecFile("tiny.mnet");
  const weights = randomWeights(network.training, 1);
  const renamed = new Map(
    [...weights.values()].map((tensor) => [`old_${tensor.name}`, { ...tensor, name: `old_${tensor.name}` }]),
  );
  const checkpoint = accepted(readSafetensorsCheckpoint(writeSafetensors(renamed)));
  const found = importCheckpoint(network.training, checkpoint, new Map());
  expect(found.diagnostics).toEqual([]);
  expect(bits(found.value!)).toEqual(bits(weights));
  expect(found.table[0]).toMatchObject({ name: "stem/kernel", from: "old_stem/kernel" });
});
