import { afterAll, beforeAll, expect, test } from "vitest";
import { requestNodeDevice, type NodeDevice } from "../../../../src/gpu/node-device.ts";
import type { LoweredGraph, NodeId } from "../../../../src/ir/graph.ts";
import { inferenceGraph, trainingGraph } from "../../../../src/passes/pipeline.ts";
import { compareTensors } from "../../../../src/reference/compare.ts";
import { interpretOutputs } from "../../../../src/reference/interpret.ts";
import type { PlanOptions } from "../../../../src/targets/webgpu/plan-network.ts";
import type { Pixels } from "../../../../src/targets/webgpu/runtime/model.js";
import { widenBuild } from "../../../../src/targets/webgpu/emit/widen-build.ts";
import { randomWeights } from "../../../../src/weights/random-weights.ts";
import { graphBuilder } from "../../../support/graph-builder.ts";
import { loadEmitted } from "../../../support/gpu-load.ts";
import { emitChecked, planOf } from "../../../support/gpu-run.ts";
import { photo } from "../../../support/photo.ts";

let node: NodeDevice;
/** Counts what is launched. */
let launched = 0;
beforeAll(async () => {
  node = await requestNodeDevice();
  const { device } = node;
  const createCommandEncoder = device.createCommandEncoder.bind(device);
  device.createCommandEncoder = () => {
    const encoder = createCommandEncoder();
    const beginComputePass = encoder.beginComputePass.bind(encoder);
    encoder.beginComputePass = () => {
      const pass = beginComputePass();
      const dispatchWorkgroups = pass.dispatchWorkgroups.bind(pass);
      pass.dispatchWorkgroups = (...size) => {
        launched++;
        dispatchWorkgroups(...size);
      };
      return pass;
    };
    return encoder;
  };
});
afterAll(() => node.close());

type GraphBuilder = ReturnType<typeof graphBuilder>;

const refuse = ({ message }: { readonly message: string }) => {
  throw new Error(message);
};
const mean = [120, 110, 100, 30];
const std = [60, 55, 50, 200];

interface Case {
  readonly layers: (builder: GraphBuilder) => NodeId;
  readonly channels: number;
  readonly normalized: boolean;
  readonly options?: PlanOptions;
  /** Outputs beside the last: the nodes of these paths. */
  readonly taps?: readonly string[];
}

const stem = (builder: GraphBuilder, filters = 8, attributes = {}) =>
  builder.act(
    "stem/act",
    builder.conv("stem", builder.input, filters, { kernel: 3, stride: 2, ...attributes }),
    "relu6",
  );
const mobile = (builder: GraphBuilder) => {
  const mixed = builder.act("dw/act", builder.depthwise("dw", stem(builder, 16), {}), "relu6");
  return builder.conv("project", mixed, 8);
};

function built({ layers, channels, normalized, options, taps = [] }: Case) {
  const builder = graphBuilder("seen", [18, 22, channels]);
  const lowered: LoweredGraph = builder.lowered(layers(builder));
  const normalization = normalized ? { mean: mean.slice(0, channels), std: std.slice(0, channels) } : null;
  const outputs = taps.map((path) => {
    const id = lowered.nodes.find((each) => each.path === path)?.id ?? -1;
    return { name: path, path, node: id, block: null };
  });
  const training = trainingGraph(
    { ...lowered, input: { ...lowered.input, normalization }, outputs: [...outputs, ...lowered.outputs] },
    refuse,
  );
  const graph = inferenceGraph(training, refuse);
  const weights = randomWeights(training, 8);
  return { graph, weights, files: emitChecked(graph, weights, options) };
}

/** A picture of the input's size, as the network sees it. */
function seen({ data }: Pixels, { channels, normalized }: Case): Float32Array {
  const values: number[] = [];
  for (let at = 0; at < data.length; at += 4) {
    const [r = 0, g = 0, b = 0, a = 0] = data.slice(at, at + 4);
    const pixel = channels === 1 ? [0.299 * r + 0.587 * g + 0.114 * b] : [r, g, b, a].slice(0, channels);
    values.push(...pixel.map((value, c) => (normalized ? (value - mean[c]!) / std[c]! : value)));
  }
  return Float32Array.from(values);
}

const cases: readonly (readonly [string, Case, string | null])[] = [
  ["a conv by itself", { layers: stem, channels: 3, normalized: true }, "image_conv_3x3"],
  ["a conv of grey", { layers: (b) => stem(b, 7), channels: 1, normalized: true }, "image_conv_3x3"],
  [
    "a conv of four channels",
    { layers: (b) => stem(b, 6, { kernel: [5, 3] }), channels: 4, normalized: true },
    "image_conv_5x3",
  ],
  [
    "pixels as they are",
    { layers: (b) => stem(b, 8, { stride: 1, dilation: 2 }), channels: 3, normalized: false },
    "image_conv_3x3",
  ],
  [
    "a conv with its depthwise",
    { layers: (b) => b.depthwise("dw", stem(b), {}), channels: 3, normalized: true, options: { fusion: "always" } },
    "image_conv_3x3",
  ],
  [
    "grey, with its depthwise",
    { layers: (b) => b.depthwise("dw", stem(b), {}), channels: 1, normalized: true, options: { fusion: "always" } },
    "image_conv_3x3",
  ],
  ["a whole block", { layers: mobile, channels: 3, normalized: true, options: { fusion: "always" } }, "image_conv_3x3"],
  ["a 1x1 conv: apart", { layers: (b) => b.conv("stem", b.input, 8), channels: 3, normalized: true }, null],
  ["a grouped conv: apart", { layers: (b) => stem(b, 8, { groups: 4 }), channels: 4, normalized: true }, null],
  ["a depthwise: apart", { layers: (b) => b.depthwise("dw", b.input, {}), channels: 4, normalized: true }, null],
  [
    "an input read twice: apart",
    {
      layers: (b) =>
        b.push("sum", { op: "add" }, [b.act("a", b.conv("a", b.input, 3, { kernel: 3 }), "relu"), b.input]),
      channels: 3,
      normalized: true,
    },
    null,
  ],
  ["an input that is an output: apart", { layers: stem, channels: 3, normalized: true, taps: ["input"] }, null],
];

test.each(cases)("%s", async (_name, each, kernel) => {
  const { graph, weights, files } = built(each);
  const { dispatches, image } = planOf(files);
  if (kernel === null) expect(image?.first).toBeNull();
  else expect(image?.first?.file).toMatch(new RegExp(`^kernels/${kernel}.*\\.wgsl$`));
  const model = await loadEmitted(node.device, files);
  const picture = photo(22, 18);
  // A canvas gives no alpha, but an input of four channels reads it.
  for (let at = 3; at < picture.data.length; at += 4) picture.data[at] = 255 - (at % 200);
  const expected = interpretOutputs(graph, weights, seen(picture, each));
  launched = 0;
  const direct = await model.runImage(picture);
  expect(launched).toBe(dispatches.length + (kernel === null ? 1 : 0));
  const scaled = await model.runImage(photo(44, 36));
  expect(launched).toBe(2 * dispatches.length + (kernel === null ? 2 : 1));
  const again = await model.runImage(picture);
  const numbers = await model.run(seen(picture, each));
  for (const [name, values] of expected) {
    for (const found of [direct, again, numbers]) {
      expect(compareTensors(values, found[name] ?? [], { relative: 3e-5 }).reason).toBeNull();
    }
    expect(scaled[name]).not.toEqual(direct[name]);
  }
  const [best] = await model.runTopK(picture, 1);
  const output = direct["output"] ?? new Float32Array();
  expect(best?.index).toBe(output.indexOf(Math.max(...output)));
  model.destroy();
});

test("an image into a program of 16 bits", async () => {
  const each: Case = { layers: mobile, channels: 3, normalized: true, options: { fusion: "always", precision: "f16" } };
  const { graph, weights, files } = built(each);
  const picture = photo(22, 18);
  const model = await loadEmitted(node.device, widenBuild(files));
  const { output = [] } = await model.runImage(picture);
  const expected = interpretOutputs(graph, weights, seen(picture, each)).get("output") ?? [];
  expect(compareTensors(expected, output, { relative: 2e-3 }).reason).toBeNull();
  model.destroy();
  const nothing = await requestNodeDevice("null", ["shader-f16"]);
  const valid = await loadEmitted(nothing.device, files);
  await valid.runImage(picture);
  valid.destroy();
  nothing.close();
});
