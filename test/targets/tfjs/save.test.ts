import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import type { ShapedGraph } from "../../../src/ir/graph.ts";
import { trainingGraph } from "../../../src/passes/pipeline.ts";
import { writeSafetensors } from "../../../src/formats/safetensors.ts";
import { graphBuilder } from "../../support/graph-builder.ts";
import { randomGraph } from "../../support/random-graph.ts";
import { layerValues, loadedModel, randomImage, useCpu } from "./emitted-model.ts";

beforeAll(useCpu);

/** One network with every custom layer in it, under names with underscores, which tf.js's own conversion changes. */
function customNetwork(): ShapedGraph {
  const g = graphBuilder("Custom_Net", [8, 8, 4]);
  const grouped = g.conv("grouped_conv", g.input, 8, { kernel: 3, groups: 2, dilation: 2 });
  const dilated = g.depthwise("dilated_dw", grouped, { dilation: 2, stride: 2 });
  const norm = g.push("norm_1", { op: "batch_norm", eps: 1e-3, momentum: 0.9, scale: false, center: true }, [dilated]);
  const swish = g.act("act_1", g.act("act_0", norm, "hsigmoid"), "hswish");
  const window = {
    op: "pool",
    countPadding: false,
    ceil: false,
    kernel: [3, 3],
    stride: [1, 1],
    dilation: [1, 1],
    padding: [1, 1, 1, 0],
  } as const;
  const pooled = g.push("max_1", { ...window, mode: "max" }, [g.push("avg_1", { ...window, mode: "avg" }, [swish])]);
  const mixed = g.push("part", { op: "slice", from: 2, to: 6 }, [
    g.push("mix", { op: "shuffle", groups: 4 }, [pooled]),
  ]);
  return g.shaped(
    g.push("up_1", { op: "resize", to: { factor: [2, 2] }, mode: "bilinear", coordinates: "half_pixel" }, [mixed]),
  );
}

function randomNetwork(seed: number): ShapedGraph {
  return trainingGraph(randomGraph(seed), (diagnostic) => {
    throw new Error(diagnostic.message);
  });
}

describe("a saved model", () => {
  it.each([
    ["every custom layer", customNetwork()],
    ...Array.from({ length: 8 }, (_unused, seed) => [`random ${seed}`, randomNetwork(seed)] as const),
  ] as const)("%s: comes back the same from its JSON and weights", async (_name, graph) => {
    const { model } = await loadedModel(graph);
    const json = JSON.parse(JSON.stringify(model.toJSON(null, false))) as Parameters<typeof tf.models.modelFromJSON>[0];
    const again = await tf.models.modelFromJSON(json);
    again.setWeights(model.getWeights());
    expect(again.layers.map(({ name }) => name)).toEqual(model.layers.map(({ name }) => name));
    const image = randomImage(graph, 2);
    expect(layerValues(graph, again, image)).toEqual(layerValues(graph, model, image));
    expect(again.toJSON(null, false)).toEqual(model.toJSON(null, false));
  });
});

describe("loadWeights", () => {
  const build = async () => {
    const g = graphBuilder("Weights", [4, 4, 2]);
    return loadedModel(g.shaped(g.norm("conv", g.conv("conv", g.input, 3, { kernel: 3 }))));
  };
  const bytesOf = (weights: Parameters<typeof writeSafetensors>[0]) =>
    Uint8Array.from(writeSafetensors(weights)).buffer;

  it("names a tensor that is missing, left over or of another shape, and then sets none", async () => {
    const { model, module, weights } = await build();
    const before = model.getWeights().map((tensor) => tensor.dataSync().slice());
    const kernel = weights.get("conv/kernel");
    if (kernel === undefined) throw new Error("no kernel");
    const without = new Map([...weights].filter(([name]) => name !== "conv/norm/mean"));
    expect(() => module.loadWeights(model, bytesOf(without))).toThrow('lack "conv/norm/mean"');
    const bent = new Map(weights).set("conv/kernel", { ...kernel, shape: [3, 3, 3, 2], data: new Float32Array(54) });
    expect(() => module.loadWeights(model, bytesOf(bent))).toThrow(
      '"conv/kernel" is F32 3x3x3x2, but the layer requires F32 3x3x2x3',
    );
    const extra = new Map(weights).set("other/kernel", { ...kernel, name: "other/kernel", data: new Float32Array(54) });
    expect(() => module.loadWeights(model, bytesOf(extra))).toThrow('hold "other/kernel"');
    expect(model.getWeights().map((tensor) => tensor.dataSync().slice())).toEqual(before);
  });

  it("refuses what is not a safetensors file, or ends early", async () => {
    const { model, module, bytes } = await build();
    expect(() => module.loadWeights(model, new ArrayBuffer(3))).toThrow("not a safetensors file");
    expect(() => module.loadWeights(model, bytes.slice(0, 20))).toThrow("not a safetensors file");
    expect(() => module.loadWeights(model, bytes.slice(0, bytes.byteLength - 8))).toThrow("cut off");
  });

  it("serves a second model of the same module", async () => {
    const { model, module, bytes } = await build();
    const second = module.createModel();
    module.loadWeights(second, bytes);
    expect(second.getWeights().map((tensor) => tensor.dataSync())).toEqual(
      model.getWeights().map((tensor) => tensor.dataSync()),
    );
  });
});
