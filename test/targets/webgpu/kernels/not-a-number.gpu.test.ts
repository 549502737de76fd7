import { afterAll, beforeAll, expect, test } from "vitest";
import { loadEmitted } from "../../../support/gpu-load.ts";
import { requestNodeDevice, type NodeDevice } from "../../../../src/gpu/node-device.ts";
import { activationNames } from "../../../../src/ir/activation.ts";
import type { NodeId } from "../../../../src/ir/graph.ts";
import { inferenceGraph } from "../../../../src/passes/pipeline.ts";
import { interpret } from "../../../../src/reference/interpret.ts";
import { randomWeights } from "../../../../src/weights/random-weights.ts";
import { graphBuilder } from "../../../support/graph-builder.ts";
import { emitChecked, randomImage } from "../../../support/gpu-run.ts";

let node: NodeDevice;
beforeAll(async () => {
  node = await requestNodeDevice();
});
afterAll(() => node.close());

/** WGSL's clamp, min and max may drop a NaN; a network that computes one must not look healthy. */
async function nanPlaces(channels: number, build: (builder: ReturnType<typeof graphBuilder>) => NodeId) {
  const builder = graphBuilder("nan", [4, 5, channels]);
  const training = builder.shaped(build(builder));
  const graph = inferenceGraph(training, ({ message }) => {
    throw new Error(message);
  });
  const weights = randomWeights(training, 1);
  const image = randomImage(graph, 1);
  image[channels * 7 + 1] = NaN;
  const model = await loadEmitted(node.device, emitChecked(graph, weights));
  const { output } = await model.run(image);
  model.destroy();
  const places = (values: ArrayLike<number>) =>
    Array.from(values, (value, i) => (Number.isNaN(value) ? i : -1)).filter((i) => i >= 0);
  const last = graph.outputs.at(-1)?.node ?? -1;
  return { found: places(output ?? []), expected: places(interpret(graph, weights, image).get(last) ?? []) };
}

test.each(activationNames)("%s keeps a NaN where it is, alone and after a conv", async (fn) => {
  for (const channels of [4, 3]) {
    const alone = await nanPlaces(channels, (builder) => builder.act("act", builder.input, fn));
    expect(alone.expected.length).toBeGreaterThan(0);
    expect(alone.found).toEqual(alone.expected);
    const behind = await nanPlaces(channels, (builder) =>
      builder.act("conv", builder.conv("conv", builder.input, channels, { kernel: 3 }), fn),
    );
    expect(behind.expected.length).toBeGreaterThan(channels);
    expect(behind.found).toEqual(behind.expected);
  }
});

test.each(["max", "avg"] as const)("%s pools keep a NaN", async (mode) => {
  for (const channels of [4, 3]) {
    const whole = await nanPlaces(channels, (builder) =>
      builder.push("pool", { op: "global_pool", mode }, [builder.input]),
    );
    expect(whole.found).toEqual([1]);
    const window = await nanPlaces(channels, (builder) =>
      builder.push(
        "pool",
        {
          op: "pool",
          countPadding: false,
          ceil: false,
          mode,
          kernel: [3, 3],
          stride: [1, 1],
          dilation: [1, 1],
          padding: "same",
        },
        [builder.input],
      ),
    );
    expect(window.expected).toHaveLength(9);
    expect(window.found).toEqual(window.expected);
  }
});
