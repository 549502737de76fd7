import { describe, expect, test } from "vitest";
import { inferenceGraph, trainingGraph } from "../../../src/passes/pipeline.ts";
import { emitWebgpu } from "../../../src/targets/webgpu/emit.ts";
import { planNetwork } from "../../../src/targets/webgpu/plan-network.ts";
import { planReport } from "../../../src/targets/webgpu/plan-report.ts";
import { halfValue } from "../../../src/formats/half.ts";
import { randomWeights } from "../../../src/weights/random-weights.ts";
import { graphBuilder } from "../../support/graph-builder.ts";
import { emitChecked, planOf, textOf } from "../../support/gpu-run.ts";
import { mobileNetV2 } from "../../support/gpu-mobilenet-v2.ts";
import { randomGraph } from "../../support/random-graph.ts";

const refuse = ({ message }: { readonly message: string }) => {
  throw new Error(message);
};

describe("MobileNetV2 in f16", () => {
  const training = trainingGraph(mobileNetV2(), refuse);
  const graph = inferenceGraph(training, refuse);
  const weights = randomWeights(training, 1);
  const f32 = planOf(emitChecked(graph, weights, { fusion: "never" }));
  const files = emitChecked(graph, weights, { fusion: "never", precision: "f16" });
  const f16 = planOf(files);

  test("asks for the feature, and keeps input and output in float32", () => {
    expect(f32.requires.features).toEqual([]);
    expect(f16.requires.features).toEqual(["shader-f16"]);
    expect(f16.input.size).toBe(4 * 224 * 224 * 3);
    expect(f16.outputs[0]?.size).toBe(4 * 1000);
    const types = f16.dispatches.map(({ output }) => output.type);
    expect(types.at(-1)).toBe("f32");
    expect(new Set(types.slice(0, -1))).toEqual(new Set(["f16"]));
  });

  test("halves activations and weights, but for what alignment takes", () => {
    expect(f16.memory.lowerBoundBytes).toBe(f32.memory.lowerBoundBytes / 2);
    expect(f16.memory.activationBytes).toBeLessThan(0.56 * f32.memory.activationBytes);
    const sizes = (plan: typeof f16) => plan.weights.entries.reduce((sum, { size }) => sum + size, 0);
    expect(sizes(f16)).toBe(sizes(f32) / 2);
  });

  test("weights are the nearest halves", () => {
    const bytes = files.find(({ path }) => path === "weights.bin")?.contents as Uint8Array;
    const entry = f16.weights.entries.find(({ layer, slot }) => layer === "head" || slot === "bias")!;
    const values = new Uint16Array(bytes.slice(entry.offset, entry.offset + entry.size).buffer);
    const wide = planOf(emitChecked(graph, weights, { fusion: "never" })).weights.entries;
    const other = wide.find(({ layer, slot }) => layer === entry.layer && slot === entry.slot)!;
    const floats = emitChecked(graph, weights, { fusion: "never" }).find(({ path }) => path === "weights.bin")
      ?.contents as Uint8Array;
    const exact = new Float32Array(floats.slice(other.offset, other.offset + other.size).buffer);
    expect(values).toHaveLength(exact.length);
    values.forEach((bits, i) => {
      expect(Math.abs(halfValue(bits) - exact[i]!)).toBeLessThanOrEqual(Math.abs(exact[i]!) * 2 ** -11 + 2 ** -25);
    });
  });

  test("kernels say what they move, in halves", () => {
    const { file } = f16.kernels[1]!;
    const { inputs, output } = f16.dispatches[1]!;
    const moved = inputs.reduce((sum, { size }) => sum + size, 0);
    expect(textOf(files, file)).toMatch(
      new RegExp(`// Moves ${moved} bytes of input, .* ${output.size} of output\\.\n\nenable f16;\n\n@group`),
    );
  });

  test("the estimate counts them: fewer bytes, no dispatch slower", () => {
    const report = (precision: "f32" | "f16") => planReport(graph, planNetwork(graph, { fusion: "never", precision }));
    const [wide, half] = [report("f32"), report("f16")];
    expect(half.totals.bytes).toBeLessThan(0.53 * wide.totals.bytes);
    expect(half.totals.macs).toBeLessThan(1.1 * wide.totals.macs);
    half.dispatches.forEach(({ microseconds }, index) => {
      expect(microseconds).toBeLessThanOrEqual(wide.dispatches[index]?.microseconds ?? 0);
    });
    expect(half.memory.weightBytes).toBe(wide.memory.weightBytes / 2);
  });
});

test("plans of 60 random networks are legal: offsets of 256, sizes of 4, what every device grants", () => {
  for (let seed = 2000; seed < 2060; seed++) {
    const training = trainingGraph(randomGraph(seed), refuse);
    const options = { precision: "f16", fusion: seed % 2 === 0 ? "cheapest" : "always" } as const;
    const { weights, dispatches } = planOf(
      emitChecked(inferenceGraph(training, refuse), randomWeights(training, seed), options),
    );
    for (const { size } of [...weights.entries, ...dispatches.map(({ output }) => output)]) expect(size % 4).toBe(0);
  }
});

test("an odd number of halves is filled up to a word", () => {
  const builder = graphBuilder("odd", [3, 3, 3]);
  const graph = builder.shaped(builder.conv("second", builder.conv("first", builder.input, 5), 2));
  const { dispatches } = planOf(emitChecked(graph, randomWeights(graph, 1), { precision: "f16", fusion: "never" }));
  expect(dispatches.map(({ output: { size, type } }) => [size, type])).toEqual([
    [92, "f16"],
    [72, "f32"],
  ]);
});

test("a weight beyond 65504 is an error that names it, and nothing is emitted", () => {
  const builder = graphBuilder("loud", [4, 4, 4]);
  const graph = builder.shaped(builder.conv("conv", builder.input, 4));
  const weights = new Map(randomWeights(graph, 1));
  const kernel = weights.get("conv/kernel")!;
  weights.set("conv/kernel", { ...kernel, data: kernel.data.map((value, i) => (i === 5 ? 70_000 : value)) });
  expect(emitWebgpu(graph, weights).diagnostics).toEqual([]);
  const { files, diagnostics } = emitWebgpu(graph, weights, { precision: "f16" });
  expect(files).toEqual([]);
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ["webgpu/weight-overflow", 'Weight "conv/kernel" holds 70000 once norms are folded, and f16 ends at 65504.'],
  ]);
});
