import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requestNodeDevice, type NodeDevice } from "../../../src/gpu/node-device.ts";
import { elementsOf } from "../../../src/ir/shape.ts";
import { expectedWeights } from "../../../src/weights/expected-weights.ts";
import { compileSpecFile } from "../../support/compile-spec-file.ts";
import { loadEmitted } from "../../support/gpu-load.ts";
import { differences, emitChecked, planOf } from "../../support/gpu-run.ts";
import { widenBuild } from "../../../src/targets/webgpu/emit/widen-build.ts";
import { randomHalfBuild } from "./random-build.ts";

// WGSL mixes no two float types: a load that is not widened, or a store that is not narrowed, is refused by validation.

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

test("a load that is not widened is refused, and so is a device without the feature", async () => {
  const { files } = randomHalfBuild(0);
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

/** Those of even seeds have mobile blocks. */
const seeds = Array.from({ length: 24 }, (_unused, seed) => seed);

test.each(seeds)("random network %i is valid WGSL", async (seed) => {
  const { graph, files } = randomHalfBuild(seed);
  const model = await loadEmitted(nothing.device, files);
  await model.run(new Float32Array(elementsOf(graph.input.shape)));
  model.destroy();
});

describe("halves read as float32, so that any adapter runs the kernels", () => {
  const none = new Set<number>();

  test.each(seeds.slice(0, 12))("random network %i computes what it should", async (seed) => {
    const { graph, weights, files, image } = randomHalfBuild(seed);
    expect(await differences(real.device, graph, weights, image, widenBuild(files), none)).toEqual([]);
    if (hasHalf) expect(await differences(real.device, graph, weights, image, files)).toEqual([]);
  });

  test("weights of 16 bits are not those of 32", async () => {
    const { graph, weights, files, image } = randomHalfBuild(0);
    expect((await differences(real.device, graph, weights, image, widenBuild(files), null)).length).toBeGreaterThan(0);
  });
});

// One network of each family of kernels; specs.gpu.test.ts has all of them in float32.
describe("networks as published", () => {
  const zoo = [
    ["densenet.mnet", "DenseNet121"],
    ["efficientnet_v2.mnet", "EfficientNetV2B0"],
    ["ghostnet.mnet", "GhostNet"],
    ["kitchen_sink.mnet", "KitchenSink"],
    ["mobilenet_v3.mnet", "MobileNetV3Large"],
    ["resnet.mnet", "ResNet18"],
    ["shufflenet_v2.mnet", "ShuffleNetV2_x1_0"],
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
