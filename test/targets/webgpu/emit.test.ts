import { describe, expect, test } from "vitest";
import { inferenceGraph, trainingGraph } from "../../../src/passes/pipeline.ts";
import { emitWebgpu } from "../../../src/targets/webgpu/emit.ts";
import { WEBGPU_CORE, type LimitProfile } from "../../../src/targets/webgpu/schedule/limits.ts";
import { planSchema } from "../../../src/targets/webgpu/files/plan-schema.ts";
import { crc32 } from "../../../src/formats/crc32.ts";
import { randomWeights } from "../../../src/weights/random-weights.ts";
import { graphBuilder } from "../../support/graph-builder.ts";
import { planOf, textOf } from "../../support/gpu-run.ts";
import { mobileNetV2 } from "../../support/gpu-mobilenet-v2.ts";

const refuse = ({ message }: { readonly message: string }) => {
  throw new Error(message);
};

describe("MobileNetV2", () => {
  const training = trainingGraph(mobileNetV2(), refuse);
  const graph = inferenceGraph(training, refuse);
  const weights = randomWeights(training, 1);
  const { files, diagnostics } = emitWebgpu(graph, weights);
  const plan = planOf(files);

  test("a folder that stands alone", () => {
    expect(diagnostics).toEqual([]);
    const kernels = plan.kernels.map(({ file }) => file);
    expect(files.map(({ path }) => path)).toEqual([
      "plan.json",
      ...kernels,
      "kernels/image_input.wgsl",
      plan.image?.first?.file,
      "kernels/top_k.wgsl",
      "weights.bin",
      "model.js",
      "model.d.ts",
    ]);
    expect(new Set(kernels.map((file) => file.toLowerCase())).size).toBe(kernels.length);
    expect(Buffer.byteLength(textOf(files, "model.js"))).toBeLessThan(12 * 1024);
    expect(textOf(files, "model.js")).not.toMatch(/^\s*import\b/m);
  });

  test("at most 38 dispatches and 28 pipelines, one for each distinct shape", () => {
    expect(plan.dispatches).toHaveLength(34);
    expect(plan.kernels).toHaveLength(22);
    expect(plan.dispatches[0]?.layers).toEqual(["stem", "bottleneck1_1/depthwise", "bottleneck1_1/project"]);
    expect(plan.dispatches[2]?.layers).toEqual(
      ["expand", "depthwise", "project", "add"].map((layer) => `bottleneck2_2/${layer}`),
    );
    expect(plan.dispatches[3]?.layers).toEqual(["bottleneck3_1/expand", "bottleneck3_1/depthwise"]);
    expect(new Set(plan.kernels.map(({ file }) => textOf(files, file))).size).toBe(plan.kernels.length);
  });

  test("at most 3.3 MB of activations, in three buffers", () => {
    expect(plan.memory).toEqual({ activationBytes: 1_505_280, lowerBoundBytes: 1_404_928, weightBytes: 13_953_952 });
    expect(plan.buffers).toHaveLength(3);
  });

  test("without fusion, one dispatch for each conv with norm, activation and residual", () => {
    const apart = planOf(emitWebgpu(graph, weights, { fusion: "never" }).files);
    expect(apart.dispatches).toHaveLength(55);
    expect(apart.kernels).toHaveLength(33);
    expect(apart.memory).toEqual({ activationBytes: 6_623_232, lowerBoundBytes: 6_021_120, weightBytes: 13_954_976 });
  });

  test("weights carry the hash of their bytes", () => {
    const bytes = files.find(({ path }) => path === "weights.bin")?.contents;
    if (!(bytes instanceof Uint8Array)) throw new Error("weights.bin is no bytes");
    expect(bytes).toHaveLength(plan.weights.size);
    for (const { offset, size, crc32: hash } of plan.weights.entries) {
      expect(crc32(bytes.subarray(offset, offset + size))).toBe(hash);
    }
    expect(plan.weights.entries[0]).toMatchObject({
      layer: "stem",
      slot: "kernel+bias",
      layout: "HWIO4+O4",
      size: (3 * 3 * 3 * 32 + 32) * 4,
    });
  });

  test("same graph, same bytes", () => {
    const again = emitWebgpu(graph, weights).files;
    expect(again.map(({ path }) => path)).toEqual(files.map(({ path }) => path));
    again.forEach(({ path, contents }, index) => {
      expect(Buffer.from(contents).equals(Buffer.from(files[index]?.contents ?? "")), path).toBe(true);
    });
  });

  test("the plan is of its schema, and has a line for each dispatch", () => {
    const text = textOf(files, "plan.json");
    expect(planSchema.safeParse({ ...plan, version: 2 }).success).toBe(false);
    expect(text.split("\n").filter((line) => line.includes('"layers"'))).toHaveLength(34);
  });

  test("every kernel says what it computes and how many bytes it moves", () => {
    for (const { file } of plan.kernels)
      expect(textOf(files, file)).toMatch(
        /^\/\/ .*[.;]\n(\/\/ .*\n)+\/\/ Moves \d+ bytes of input, .*of output\.\n\n@group/,
      );
  });
});

describe("limits", () => {
  const codesUnder = (limits: Partial<LimitProfile>) => {
    const builder = graphBuilder("limited", [32, 32, 8]);
    const flat = builder.push("flat", { op: "flatten" }, [builder.conv("conv", builder.input, 16, { kernel: 3 })]);
    const graph = builder.shaped(builder.dense("dense", flat, 4));
    const { files, diagnostics } = emitWebgpu(graph, randomWeights(graph, 1), {
      limits: { ...WEBGPU_CORE, name: "small", ...limits },
    });
    if (diagnostics.length > 0) expect(files).toEqual([]);
    return diagnostics.map(({ code, severity, message, hint }) => ({ code, severity, message, hint: hint !== null }));
  };

  test("what a device would refuse is an error on the layer, and nothing is emitted", () => {
    expect(codesUnder({})).toEqual([]);
    // The dense layer reads the same value, which is reported once.
    expect(codesUnder({ maxStorageBufferBindingSize: 60_000, maxBufferSize: 60_000 })).toEqual([
      {
        code: "webgpu/binding-size",
        severity: "error",
        message: '"conv" needs 65536 bytes of activations in one binding, and small grants 60000.',
        hint: true,
      },
    ]);
  });

  test("each limit has its code", () => {
    const codes = (limits: Partial<LimitProfile>) => [...new Set(codesUnder(limits).map(({ code }) => code))];
    expect(codes({ maxComputeWorkgroupsPerDimension: 8 })).toEqual(["webgpu/workgroups"]);
    expect(codes({ maxComputeInvocationsPerWorkgroup: 32 })).toEqual(["webgpu/invocations"]);
    expect(codes({ maxComputeWorkgroupStorageSize: 256 })).toEqual(["webgpu/workgroup-memory"]);
    expect(codes({ maxStorageBuffersPerShaderStage: 3 })).toEqual(["webgpu/bindings"]);
  });

  test("big maps go over more dimensions instead", () => {
    const builder = graphBuilder("wide", [4096, 4096, 1]);
    const graph = builder.shaped(builder.act("act", builder.act("a", builder.input, "relu"), "tanh"));
    const { files, diagnostics } = emitWebgpu(graph, new Map());
    expect(diagnostics).toEqual([]);
    expect(planOf(files).dispatches.map(({ workgroups }) => workgroups)).toEqual([[65_536 / 2, 2, 1]]);
  });
});

test("names that a spec chose never reach WGSL", () => {
  const name = "x_); evil(";
  const builder = graphBuilder(name, [2, 2, 4]);
  const graph = builder.shaped(builder.conv(name, builder.input, 4));
  const weights = new Map([...randomWeights(graph, 1)]);
  for (const { path, contents } of emitWebgpu(graph, weights).files) {
    if (path !== "plan.json" && typeof contents === "string") expect(contents).not.toContain("evil");
    expect(path).not.toContain("evil");
  }
});
