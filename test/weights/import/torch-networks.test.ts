import { describe, expect, it } from "vitest";
import { readTorch } from "../../../src/weights/import/read-torch.ts";
import {
  accepted,
  checkpointFolder,
  compileFixture,
  fixtureBytes,
  fixtureOutput,
  imported,
  outputFault,
} from "./fixtures.ts";

const networks = {
  "torch-mobilenet-v2": ["specs/mobilenet_v2.mnet", "MobileNetV2Torch", { width: "0.1", size: "32", classes: "5" }],
  "torch-resnet18": [`${checkpointFolder}/torch-resnet18.mnet`, undefined, {}],
  "torch-efficientnet-lite0": [`${checkpointFolder}/torch-efficientnet-lite0.mnet`, undefined, {}],
  "torch-flattened": [`${checkpointFolder}/torch-flattened.mnet`, undefined, {}],
} as const;

describe("networks of torchvision and timm compute here what they compute in PyTorch", () => {
  it.each(Object.entries(networks))("%s", (name, [spec, network, set]) => {
    const compiled = compileFixture(spec, network, set);
    const weights = imported(compiled, accepted(readTorch(fixtureBytes(`${name}.safetensors`))));
    expect(outputFault(compiled, weights, fixtureOutput(`${name}.json`))).toBeNull();
  });
});

it("sees two numbers of one kernel in each other's place", () => {
  const compiled = compileFixture(`${checkpointFolder}/torch-flattened.mnet`);
  const wanted = fixtureOutput("torch-flattened.json");
  const weights = imported(compiled, accepted(readTorch(fixtureBytes("torch-flattened.safetensors"))));
  const kernel = weights.get("dense1/kernel")!;
  const data = kernel.data.slice();
  [data[0], data[10]] = [data[10]!, data[0]!];
  expect(outputFault(compiled, new Map([...weights, [kernel.name, { ...kernel, data }]]), wanted)).toMatch(/^Element/);
});
