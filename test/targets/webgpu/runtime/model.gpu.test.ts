import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requestNodeDevice, type NodeDevice } from "../../../../src/gpu/node-device.ts";
import { traceModel } from "../../../../src/gpu/trace-model.ts";
import { inferenceGraph, trainingGraph } from "../../../../src/passes/pipeline.ts";
import { interpret } from "../../../../src/reference/interpret.ts";
import { loadModel } from "../../../../src/targets/webgpu/runtime/model.js";
import { randomWeights } from "../../../../src/weights/random-weights.ts";
import { graphBuilder } from "../../../support/graph-builder.ts";
import { changedPlan, emitChecked, planOf, randomImage } from "../../../support/gpu-run.ts";
import { photo } from "../../../support/photo.ts";

let node: NodeDevice;
beforeAll(async () => {
  node = await requestNodeDevice();
});
afterAll(() => node.close());

const builder = graphBuilder("runtime", [6, 5, 3]);
const conv = builder.act("conv", builder.norm("conv", builder.conv("conv", builder.input, 8, { kernel: 3 })), "relu6");
const twice = builder.push("sum", { op: "add" }, [builder.act("again", builder.conv("again", conv, 8), "relu"), conv]);
const lowered = builder.lowered(twice);
const refuse = ({ message }: { readonly message: string }) => {
  throw new Error(message);
};
const training = trainingGraph(
  { ...lowered, outputs: [{ name: "features", path: "conv/act", node: conv, block: null }, ...lowered.outputs] },
  refuse,
);
const graph = inferenceGraph(training, refuse);
const files = emitChecked(graph, randomWeights(training, 2));
const image = randomImage(graph, 2);

type Contents = string | Uint8Array;
/** A reader of the build, with some files changed. */
const reader =
  (changes: Readonly<Record<string, Contents | null>> = {}) =>
  (path: string) => {
    const contents = path in changes ? changes[path] : files.find((file) => file.path === path)?.contents;
    if (contents === null || contents === undefined) throw new Error("no such file");
    return typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
  };
const planWith = (change: Parameters<typeof changedPlan>[1]) => ({
  "plan.json": JSON.stringify(changedPlan(planOf(files), change)),
});
const quiet = { onWarning: () => undefined };
const load = (changes?: Readonly<Record<string, Contents | null>>) =>
  loadModel(node.device, { read: reader(changes), ...quiet });

describe("a run", () => {
  test("gives every output by name, and says what it wants", async () => {
    const model = await load();
    expect(model.network).toBe("runtime");
    expect(model.input).toMatchObject({ name: "input", shape: [6, 5, 3], normalization: null });
    expect(model.labels).toBeNull();
    expect(model.outputs).toMatchObject([
      { name: "features", shape: [6, 5, 8] },
      { name: "output", shape: [6, 5, 8] },
    ]);
    const outputs = await model.run(image);
    expect(Object.keys(outputs)).toEqual(["features", "output"]);
    expect(outputs["features"]).toHaveLength(240);
    expect(Math.max(...(outputs["features"] ?? []))).toBeLessThanOrEqual(6);
    model.destroy();
  });

  test("runs that overlap keep their order and the pixels of their call", async () => {
    const model = await load();
    await model.runTopK(image);
    const expected = [];
    for (let i = 0; i < 6; i++) expected.push((await model.run(image.map((value) => value * i)))["output"]);
    const shared = new Float32Array(image.length);
    const runs = [];
    for (let i = 0; i < 6; i++) {
      shared.set(image.map((value) => value * i));
      runs.push(
        i === 3
          ? model
              .runTopK(shared, 240)
              .then((top) => top.toSorted((a, b) => a.index - b.index).map(({ value }) => value))
          : model.run(shared).then((out) => out["output"]),
      );
    }
    const found = await Promise.all(runs);
    expect(found.map((values) => Float32Array.from(values ?? []))).toEqual(expected);
    model.destroy();
  });

  test("a trace has what every dispatch wrote", async () => {
    const model = await load();
    const values = await traceModel(model, image);
    expect(values.map(({ layers, path, shape }) => ({ layers, path, shape }))).toEqual([
      { layers: ["conv"], path: "conv", shape: [6, 5, 8] },
      { layers: ["again", "sum"], path: "sum", shape: [6, 5, 8] },
    ]);
    const outputs = await model.run(image);
    expect(values[0]?.data).toEqual(outputs["features"]);
    expect(values[1]?.data).toEqual(outputs["output"]);
    model.destroy();
  });

  test("reads a view into a larger buffer, and an image that is one", async () => {
    const padded = new Float32Array(image.length + 7);
    padded.set(image, 3);
    const model = await loadModel(node.device, {
      ...quiet,
      read(path) {
        const bytes = reader()(path);
        const larger = new Uint8Array(bytes.length + 16);
        larger.set(bytes, 8);
        return Promise.resolve(larger.subarray(8, 8 + bytes.length));
      },
    });
    const whole = await load();
    expect(await model.run(padded.subarray(3, 3 + image.length))).toEqual(await whole.run(image));
    model.destroy();
    whole.destroy();
  });
});

describe("a load", () => {
  test("tells how far it is, and whether a CPU plays the GPU", async () => {
    const progress: { file: string; done: number; total: number }[] = [];
    const warnings: string[] = [];
    const model = await loadModel(node.device, {
      read: reader(),
      onProgress: (step) => progress.push(step),
      onWarning: (message) => warnings.push(message),
    });
    expect(progress.map(({ file }) => file).toSorted()).toEqual(
      files
        .map(({ path }) => path)
        // The other three are compiled when they are asked for.
        .filter((path) => /wgsl|bin/.test(path) && !/image_|top_k/.test(path))
        .toSorted(),
    );
    expect(progress.map(({ done }) => done)).toEqual(progress.map((_step, index) => index + 1));
    expect(progress.at(-1)?.done).toBe(progress.at(-1)?.total);
    expect(model.isSoftware).toBe(node.device.adapterInfo.isFallbackAdapter);
    expect(warnings).toEqual(model.isSoftware ? ["runtime runs on a software adapter, slowly."] : []);
    model.destroy();
  });
});

describe("errors", () => {
  test.each([
    [
      "a short image",
      new Float32Array(89),
      RangeError,
      '"input" is a Float32Array of 90 values (6x5x3, NHWC), and this one has 89.',
    ],
    [
      "another type",
      new Float64Array(90),
      TypeError,
      '"input" is a Float32Array of 90 values (6x5x3, NHWC), and this is Float64Array.',
    ],
    ["nothing", undefined, TypeError, '"input" is a Float32Array of 90 values (6x5x3, NHWC), and this is undefined.'],
  ])("%s", async (_name, value, type, message) => {
    const model = await load();
    const run = model.run(value as unknown as Float32Array);
    await expect(run).rejects.toThrow(message);
    await expect(run).rejects.toBeInstanceOf(type);
    // The model goes on.
    expect((await model.run(image))["output"]).toHaveLength(240);
    model.destroy();
  });

  test.each([
    ["a missing file", { "weights.bin": null }, /^weights\.bin cannot be read: no such file$/],
    ["a plan that is no JSON", { "plan.json": "{" }, /^plan\.json cannot be read: .*JSON/],
    [
      "a plan of another version",
      planWith((plan) => Object.assign(plan, { version: 2 })),
      /^plan\.json is of version 2, and this model\.js reads version 1; take both from one build\.$/,
    ],
    [
      "weights of another build",
      { "weights.bin": new Uint8Array(64) },
      /^weights\.bin has 64 bytes, and plan\.json asks for \d+; take both/,
    ],
    [
      "a kernel that is no WGSL",
      { [planOf(files).kernels[0]?.file ?? ""]: "fn main() {\n  let x = ;\n}" },
      /^kernels\/conv_\S+\.wgsl does not compile: .*:2:11 error: /,
    ],
    [
      "a limit that the device lacks",
      planWith((plan) => (plan.requires.limits["maxStorageBuffersPerShaderStage"] = 64)),
      /^This network needs maxStorageBuffersPerShaderStage 64, and the device has \d+; ask for it: requestDevice\(\{ requiredLimits/,
    ],
    [
      "a feature that the device lacks",
      planWith((plan) => plan.requires.features.push("shader-f16")),
      /^This network needs the WebGPU feature "shader-f16"; ask for it: requestDevice/,
    ],
    [
      "a binding that the device refuses",
      planWith((plan) => (plan.dispatches[0]!.inputs[0]!.offset = 4)),
      /^The device refuses the network: /,
    ],
  ])("%s", async (_name, changes, message) => {
    await expect(load(changes)).rejects.toThrow(message);
  });

  test("a buffer read and written in one dispatch is refused", async () => {
    const model = await load(
      planWith((plan) => {
        plan.buffers.push({ size: plan.buffers[0]!.size + plan.buffers[1]!.size });
        for (const slice of [...plan.dispatches.flatMap((d) => [...d.inputs, d.output]), plan.input, ...plan.outputs]) {
          slice.offset += slice.buffer === 1 ? plan.buffers[0]!.size : 0;
          slice.buffer = plan.buffers.length - 1;
        }
      }),
    );
    await expect(model.run(image)).rejects.toThrow(/^The device refuses the run: /);
    await expect(model.run(image)).rejects.toThrow(/^The device refuses the run: /);
    model.destroy();
  });

  test("a destroyed model refuses, in the middle of a run too", async () => {
    const model = await load();
    await model.run(image);
    const running = model.run(image);
    const waiting = model.run(image);
    model.destroy();
    await expect(running).rejects.toThrow("This model was destroyed; load it again.");
    await expect(waiting).rejects.toThrow("This model was destroyed; load it again.");
    await expect(model.run(image)).rejects.toThrow("This model was destroyed; load it again.");
    await expect(model.runTopK(image)).rejects.toThrow("This model was destroyed; load it again.");
    await expect(model.runImage(photo(9, 7))).rejects.toThrow("This model was destroyed; load it again.");
    model.destroy();
  });

  test("a lost device is named", async () => {
    const other = await requestNodeDevice();
    const model = await loadModel(other.device, { read: reader(), ...quiet });
    await model.run(image);
    const running = model.run(image).catch((error: unknown) => error);
    other.close();
    expect(String(await running)).toMatch(/The WebGPU device was lost \(destroyed: .+\); ask/);
    await expect(model.run(image)).rejects.toThrow(
      /^The WebGPU device was lost \(destroyed: .+\); ask for a new one and load the model again\.$/,
    );
  });
});

test("the null backend takes every part of a load and a run", async () => {
  const nothing = await requestNodeDevice("null");
  try {
    const model = await loadModel(nothing.device, { read: reader() });
    expect((await model.run(image))["output"]).toHaveLength(240);
    model.destroy();
  } finally {
    nothing.close();
  }
});

test("a device without memory is named, and nothing is kept", async () => {
  // The null backend stops at half a gigabyte.
  const nothing = await requestNodeDevice("null");
  const larger = planWith((plan) => plan.buffers.push({ size: 2e8 }, { size: 2e8 }, { size: 2e8 }));
  try {
    await expect(loadModel(nothing.device, { read: reader(larger) })).rejects.toThrow(
      /^The device has no memory for the network: /,
    );
    const model = await loadModel(nothing.device, { read: reader() });
    model.destroy();
  } finally {
    nothing.close();
  }
});

test("an input that is an output, with nothing to compute", async () => {
  const empty = graphBuilder("empty", [2, 2, 1]);
  const same = empty.shaped(empty.push("flat", { op: "flatten" }, [empty.input]));
  const emitted = emitChecked(same, new Map());
  const model = await loadModel(node.device, {
    ...quiet,
    read: (path) => new TextEncoder().encode(emitted.find((file) => file.path === path)?.contents as string),
  });
  const pixels = Float32Array.of(1, 2, 3, 4);
  expect(await model.run(pixels)).toEqual({ output: pixels });
  expect(interpret(same, new Map(), pixels).get(1)).toEqual(Float64Array.from(pixels));
  model.destroy();
});
