import { expect, test } from "vitest";
import { tuneNetwork } from "../../src/bench/tune-network.ts";
import { tryNodeDevice } from "../../src/gpu/node-device.ts";
import { WEBGPU_CORE } from "../../src/targets/webgpu/schedule/limits.ts";
import { tuningSchema } from "../../src/targets/webgpu/files/tuning-record.ts";
import { randomWeights } from "../../src/weights/random-weights.ts";
import { compiled, network } from "../support/compile-text.ts";
import { differences, emitChecked, randomImage } from "../support/gpu-run.ts";

/** Small, because an adapter in software takes most of a second to compile the programs of a larger one. */
const spec = network(
  `
  default conv norm=batch act=relu6 padding=same
  default depthwise norm=batch act=relu6 padding=same
  stem: conv 3x3 8 stride=2
  bottleneck {
    | t | c  | n | s |
    | 2 | 8  | 1 | 1 |
    | 2 | 16 | 1 | 2 |
  }
  head: classifier 10 act=softmax`,
  "input image [16, 16, 3]",
);

test("tuning measures what it chooses from, and what is built by it agrees with the interpreter", async () => {
  const { inference: graph, training } = compiled(spec);
  const gpu = await tryNodeDevice("default", ["timestamp-query"]);
  if (gpu === null) throw new Error("there is no adapter");
  try {
    const steps: string[] = [];
    // The class whose programs are the most different; seconds for some of them, on a busy machine as well.
    const target = { limits: WEBGPU_CORE, device: "generic", precision: "f32" } as const;
    const tune = (seconds: number) => tuneNetwork(gpu, graph, target, seconds, (text) => steps.push(text));
    let tuned = await tune(4);
    if (tuned.timed <= 10) tuned = await tune(40);
    const { record, programs, timed } = tuned;
    expect(tuningSchema.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
    expect(steps[0]).toBe(`compiling program 1 of ${programs}`);
    expect(timed).toBeGreaterThan(10);
    expect(record.adapter).toEqual({ name: gpu.name, isSoftware: gpu.isSoftware });
    expect(record.choices.length).toBeGreaterThan(5);
    for (const choice of record.choices) {
      expect(choice.microseconds).toBeGreaterThan(0);
      const same = ({ step, fusion, variant }: (typeof record.times)[number]) =>
        step === choice.step && fusion === choice.fusion && variant === choice.variant;
      expect(record.times.find(same)?.microseconds).toBe(choice.microseconds);
    }
    expect(record.totals.tuned).toBeLessThanOrEqual(record.totals.costModel ?? Infinity);
    const weights = randomWeights(training, 6);
    const files = emitChecked(graph, weights, { tuning: record });
    expect(await differences(gpu.device, graph, weights, randomImage(graph, 6), files)).toEqual([]);
  } finally {
    gpu.close();
  }
});
