import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requestNodeDevice, type NodeDevice } from "../../../src/gpu/node-device.ts";
import { elementsOf } from "../../../src/ir/shape.ts";
import { inferenceGraph, trainingGraph } from "../../../src/passes/pipeline.ts";
import { expectedWeights } from "../../../src/weights/expected-weights.ts";
import { randomWeights } from "../../../src/weights/random-weights.ts";
import { compileSpecFile } from "../../support/compile-spec-file.ts";
import { loadEmitted } from "../../support/gpu-load.ts";
import { differences, emitChecked, planOf, randomImage } from "../../support/gpu-run.ts";
import { randomGraph } from "../../support/random-graph.ts";
import { randomMobileGraph } from "../../support/random-mobile-graph.ts";
import { widenBuild } from "../../../src/targets/webgpu/emit/widen-build.ts";

// WGSL mixes no two float types: a load that is not widened, or a store that is not narrowed, is refused by validation.

const refuse = ({ message }: { readonly message: string }) => {
  throw new Error(message);
};

/** Validates; computes nothing. */
let nothing: NodeDevice;
/** The adapter of this machine, with `shader-f16` where it has that. */
let real: NodeDevice;
let hasHalf: boolean;
beforeAll(async () => {
  nothing = await requestNodeDevice("null", ["shader-f16"]);
  real = await requestNodeDevice("default", ["shader-f16"]);
  hasHalf = real.device.features.has("shader-f16");
  if (!hasHalf)
    console.warn(
      `${real.name} has no shader-f16: f16 kernels are validated here, and run with their halves read as float32.`,
    );
});
afterAll(() => {
  nothing.close();
  real.close();
});

function randomBuild(seed: number, mobile: boolean) {
  const training = trainingGraph(mobile ? randomMobileGraph(seed) : randomGraph(seed), refuse);
  const weights = randomWeights(training, seed);
  const graph = mobile || seed % 4 > 0 ? inferenceGraph(training, refuse) : training;
  const files = emitChecked(graph, weights, { precision: "f16", fusion: mobile ? "always" : "cheapest" });
  return { graph, weights, files, image: randomImage(graph, seed) };
}

test("a load that is not widened is refused, and so is a device without the feature", async () => {
  const { files } = randomBuild(0, true);
  const spoiled = files.map((file) =>
    typeof file.contents === "string" && file.path.endsWith(".wgsl")
      ? { ...file, contents: file.contents.replace(/vec4<f32>\((\w+_weights\[[^\]]*\])\)/, "$1") }
      : file,
  );
  expect(spoiled.filter(({ contents }, index) => contents !== files[index]?.contents).length).toBeGreaterThan(0);
  await expect(loadEmitted(nothing.device, spoiled)).rejects.toThrow(/does not compile: .*f16/s);
  const plain = await requestNodeDevice("null");
  await expect(loadEmitted(plain.device, files)).rejects.toThrow(
    /^This network needs the WebGPU feature "shader-f16"; ask for it: requestDevice\(\{ requiredFeatures: \["shader-f16"\] \}\)\.$/,
  );
  plain.close();
});

/** Half of them of mobile blocks, all fused. */
const seeds = Array.from({ length: 60 }, (_unused, seed) => [seed, seed % 2 === 0] as const);

test.each(seeds)("random network %i is valid WGSL", async (seed, mobile) => {
  const { graph, files } = randomBuild(seed, mobile);
  const model = await loadEmitted(nothing.device, files);
  await model.run(new Float32Array(elementsOf(graph.input.shape)));
  model.destroy();
});

describe("halves read as float32, so that any adapter runs the kernels", () => {
  const none = new Set<number>();

  test.each(seeds.slice(0, 30))("random network %i computes what it should", async (seed, mobile) => {
    const { graph, weights, files, image } = randomBuild(seed, mobile);
    expect(await differences(real.device, graph, weights, image, widenBuild(files), none)).toEqual([]);
    if (hasHalf) expect(await differences(real.device, graph, weights, image, files)).toEqual([]);
  });

  test("weights of 16 bits are not those of 32", async () => {
    const { graph, weights, files, image } = randomBuild(0, true);
    expect((await differences(real.device, graph, weights, image, widenBuild(files), null)).length).toBeGreaterThan(0);
  });
});

describe("networks as published", () => {
  const zoo = [
    ["densenet.mnet", "DenseNet121"],
    ["efficientnet.mnet", "EfficientNetB0"],
    ["efficientnet_lite.mnet", "EfficientNetLite0"],
    ["efficientnet_v2.mnet", "EfficientNetV2B0"],
    ["fbnet.mnet", "FBNetC"],
    ["ghostnet.mnet", "GhostNet"],
    ["inception.mnet", "GoogLeNet"],
    ["kitchen_sink.mnet", "KitchenSink"],
    ["mnasnet.mnet", "MnasNetA1"],
    ["mobilenet_v1.mnet", "MobileNetV1"],
    ["mobilenet_v2.mnet", "MobileNetV2"],
    ["mobilenet_v2_tf1.mnet", "MobileNetV2TF1"],
    ["mobilenet_v3.mnet", "MobileNetV3Large"],
    ["mobilenet_v4.mnet", "MobileNetV4ConvMedium"],
    ["regnet.mnet", "RegNetY400MF"],
    ["resnet.mnet", "ResNet18"],
    ["shufflenet_v2.mnet", "ShuffleNetV2_x1_0"],
    ["squeezenet.mnet", "SqueezeNet1_1"],
    ["tiny.mnet", "Tiny"],
  ] as const;
  test.each(zoo)("%s: %s", async (file, network) => {
    const { training, inference } = compileSpecFile(file, { network });
    const slots = expectedWeights(training);
    const data = new Float32Array(Math.max(...slots.map(({ shape }) => elementsOf(shape)))).fill(0.5);
    const weights = new Map(
      slots.map(({ name, shape }) => [name, { name, shape, data: data.subarray(0, elementsOf(shape)) }]),
    );
    const files = emitChecked(inference, weights, { precision: "f16" });
    const { input, requires } = planOf(files);
    expect(requires.features).toEqual(["shader-f16"]);
    const model = await loadEmitted(nothing.device, files);
    await model.run(new Float32Array(elementsOf(input.shape)));
    model.destroy();
  });
});
