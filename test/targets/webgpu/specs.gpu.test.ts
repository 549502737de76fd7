import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import { requestNodeDevice, type NodeDevice } from "../../../src/gpu/node-device.ts";
import { elementsOf } from "../../../src/ir/shape.ts";
import { createSource } from "../../../src/text/source.ts";
import { expectedWeights } from "../../../src/weights/expected-weights.ts";
import { loadEmitted } from "../../support/gpu-load.ts";
import { emitChecked, planOf } from "../../support/gpu-run.ts";

// Sizes as published, which take minutes to compute on a CPU: the null backend validates every kernel, pipeline,
// binding and
// dispatch of them, and computes nothing.

let node: NodeDevice;
beforeAll(async () => {
  node = await requestNodeDevice("null");
});
afterAll(() => node.close());

const folder = new URL("../../../specs/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), "utf8");

test.each([
  ["densenet", "DenseNet121"],
  ["efficientnet", "EfficientNetB0"],
  ["efficientnet_lite", "EfficientNetLite0"],
  ["efficientnet_v2", "EfficientNetV2B0"],
  ["fbnet", "FBNetC"],
  ["ghostnet", "GhostNet"],
  ["inception", "GoogLeNet"],
  ["kitchen_sink", "KitchenSink"],
  ["mnasnet", "MnasNetA1"],
  ["mobilenet_v1", "MobileNetV1"],
  ["mobilenet_v2", "MobileNetV2"],
  ["mobilenet_v2", "MobileNetV2Torch"],
  ["mobilenet_v2_tf1", "MobileNetV2TF1"],
  ["mobilenet_v3", "MobileNetV3Large"],
  ["mobilenet_v4", "MobileNetV4ConvMedium"],
  ["regnet", "RegNetY400MF"],
  ["resnet", "ResNet18"],
  ["shufflenet_v2", "ShuffleNetV2_x1_0"],
  ["squeezenet", "SqueezeNet1_1"],
  ["tiny", "Tiny"],
  // At size 224 its head has 411 MB, more than the null backend hands out.
  ["vgg", "VGG16", "64"],
])("%s: %s is a legal plan that a device of core limits takes", async (file, network, size?: string) => {
  const source = createSource(`${file}.mnet`, read(`${file}.mnet`));
  const { value } = compile(source, { network, set: new Map(size === undefined ? [] : [["size", size]]), read });
  if (value === null) throw new Error(`${network} does not compile`);
  const slots = expectedWeights(value.training);
  const largest = Math.max(...slots.map(({ shape }) => elementsOf(shape)));
  const data = new Float32Array(largest).fill(0.5);
  const weights = new Map(
    slots.map(({ name, shape }) => [name, { name, shape, data: data.subarray(0, elementsOf(shape)) }]),
  );
  const files = emitChecked(value.inference, weights);
  const { image, input, memory } = planOf(files);
  expect(memory.activationBytes / memory.lowerBoundBytes).toBeLessThan(1.5);
  const model = await loadEmitted(node.device, files);
  await model.run(new Float32Array(elementsOf(input.shape)));
  // Every network of pictures begins with a conv, which reads the picture itself.
  expect(image?.first).not.toBeNull();
  const [height = 0, width = 0] = input.shape;
  await model.runImage({ width, height, data: new Uint8Array(4 * width * height) });
  model.destroy();
});
