import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { compareTensors } from "../../src/reference/compare.ts";
import { registerWasmGradients } from "../../src/training/wasm-gradients.ts";
import { randomSource } from "../../src/weights/random.ts";

type Quad = [number, number, number, number];
type Padding = "same" | "valid" | number | [[number, number], [number, number], [number, number], [number, number]];

interface Case {
  readonly name: string;
  readonly input: Quad;
  readonly kernel: Quad;
  readonly stride: number | [number, number];
  readonly pad: Padding;
}

const explicit = (top: number, bottom: number, left: number, right: number): Padding => [
  [0, 0],
  [top, bottom],
  [left, right],
  [0, 0],
];

beforeAll(() => {
  // tf.js then checks after each kernel that it leaves no data.
  tf.env().set("IS_TEST", true);
  registerWasmGradients(tf);
});

function values(shape: readonly number[], seed: number): Float32Array {
  const { normal } = randomSource(seed, shape.join("x"));
  return Float32Array.from({ length: shape.reduce((size, extent) => size * extent, 1) }, normal);
}

type Kind = "conv" | "depthwise" | "transposed";

/** Returns the gradients by input and kernel of a sum of outputs, each with its own factor. A transposed conv makes the input of its conv. */
async function gradients(backend: string, { input, kernel, stride, pad }: Case, kind: Kind) {
  await tf.setBackend(backend);
  const before = tf.memory().numTensors;
  const read =
    kind === "transposed"
      ? tf.tidy(() => tf.conv2d(tf.zeros<tf.Rank.R4>(input), tf.zeros<tf.Rank.R4>(kernel), stride, pad).shape)
      : input;
  const x = tf.tensor4d(values(read, 1), read);
  const w = tf.tensor4d(values(kernel, 2), kernel);
  const conv = (image: tf.Tensor4D, filter: tf.Tensor4D) =>
    kind === "transposed"
      ? tf.conv2dTranspose(image, filter, input, stride, pad)
      : kind === "depthwise"
        ? tf.depthwiseConv2d(image, filter, stride, pad)
        : tf.conv2d(image, filter, stride, pad);
  const outShape = tf.tidy(() => conv(x, w).shape);
  const factors = tf.tensor4d(values(outShape, 3), outShape);
  const found = tf.tidy(() =>
    tf.grads((image, filter) =>
      conv(image as tf.Tensor4D, filter as tf.Tensor4D)
        .mul(factors)
        .sum(),
    )([x, w]),
  );
  const data = found.map((tensor) => ({ shape: tensor.shape, values: tensor.dataSync() }));
  tf.dispose([x, w, factors, ...found]);
  expect(tf.memory().numTensors, "tensors left behind").toBe(before);
  return data;
}

async function expectSameGradients(one: Case, kind: Kind): Promise<void> {
  const wasm = await gradients("wasm", one, kind);
  const cpu = await gradients("cpu", one, kind);
  for (const [i, expected] of cpu.entries()) {
    expect(wasm[i]?.shape).toEqual(expected.shape);
    const { reason } = compareTensors(expected.values, wasm[i]?.values ?? [], { absolute: 1e-4, relative: 1e-4 });
    expect(reason, i === 0 ? "by the input" : "by the kernel").toBeNull();
  }
}

const convs: readonly Case[] = [
  { name: "pointwise", input: [3, 5, 7, 4], kernel: [1, 1, 4, 6], stride: 1, pad: "same" },
  { name: "pointwise of stride 2", input: [2, 7, 6, 3], kernel: [1, 1, 3, 5], stride: 2, pad: "same" },
  { name: "pointwise with padding", input: [2, 4, 4, 3], kernel: [1, 1, 3, 5], stride: 1, pad: explicit(1, 0, 0, 2) },
  { name: "3x3 same", input: [2, 6, 5, 3], kernel: [3, 3, 3, 4], stride: 1, pad: "same" },
  { name: "3x3 same, stride 2, even", input: [2, 8, 6, 1], kernel: [3, 3, 1, 4], stride: 2, pad: "same" },
  { name: "3x3 same, stride 2, odd", input: [3, 9, 7, 2], kernel: [3, 3, 2, 4], stride: 2, pad: "same" },
  { name: "3x3 valid", input: [2, 7, 8, 2], kernel: [3, 3, 2, 3], stride: 1, pad: "valid" },
  { name: "3x3 valid, stride 2, rows left over", input: [2, 8, 9, 2], kernel: [3, 3, 2, 3], stride: 2, pad: "valid" },
  { name: "3x3 padded by number, stride 2", input: [2, 8, 8, 2], kernel: [3, 3, 2, 3], stride: 2, pad: 1 },
  {
    name: "5x3, strides 2 and 1, uneven padding",
    input: [2, 9, 6, 2],
    kernel: [5, 3, 2, 3],
    stride: [2, 1],
    pad: explicit(2, 1, 0, 3),
  },
  {
    name: "padding wider than the kernel",
    input: [1, 4, 4, 2],
    kernel: [3, 3, 2, 2],
    stride: 1,
    pad: explicit(4, 3, 5, 4),
  },
  { name: "2x2, stride 3", input: [2, 8, 7, 2], kernel: [2, 2, 2, 3], stride: 3, pad: "valid" },
  { name: "kernel of the input's size", input: [2, 4, 3, 2], kernel: [4, 3, 2, 3], stride: 1, pad: "valid" },
];

describe("conv", () => {
  it.each(convs)("has the cpu backend's gradients: $name", (one) => expectSameGradients(one, "conv"));
});

describe("transposed conv", () => {
  it.each(convs)("has the cpu backend's gradients: $name", (one) => expectSameGradients(one, "transposed"));
});

describe("depthwise conv", () => {
  const depthwise = convs.map(({ kernel, ...rest }): Case => ({
    ...rest,
    kernel: [kernel[0], kernel[1], kernel[2], 1],
  }));
  it.each(depthwise)("has the cpu backend's gradients: $name", (one) => expectSameGradients(one, "depthwise"));

  const multiplied = convs.map(({ kernel, ...rest }): Case => ({
    ...rest,
    kernel: [kernel[0], kernel[1], kernel[2], 3],
  }));
  it.each(multiplied)("has the cpu backend's gradients, three filters a channel: $name", (one) =>
    expectSameGradients(one, "depthwise"),
  );
});

describe("registerWasmGradients", () => {
  const kernelNames = ["Conv2DBackpropFilter", "Conv2DBackpropInput", "DepthwiseConv2dNativeBackpropInput", "Tile"];

  it("changes nothing when called again", () => {
    const before = kernelNames.map((name) => tf.getKernel(name, "wasm"));
    registerWasmGradients(tf);
    expect(kernelNames.map((name) => tf.getKernel(name, "wasm") === before[kernelNames.indexOf(name)])).toEqual(
      kernelNames.map(() => true),
    );
  });

  it("says what to import where the backend is missing", () => {
    const without = { ...tf, getKernelsForBackend: () => [] };
    expect(() => registerWasmGradients(without)).toThrow("import @tensorflow/tfjs-backend-wasm");
  });

  it("refuses what it has no gradient of", async () => {
    await tf.setBackend("wasm");
    const x = tf.ones<tf.Rank.R4>([1, 5, 5, 1]);
    const run = (kernel: string, attributes: Record<string, unknown>) => () =>
      tf.tidy(() => tf.engine().runKernel(kernel, { x, dy: x }, { strides: 1, pad: "same", ...attributes }));
    const filterShape = [3, 3, 1, 1];
    expect(run("DepthwiseConv2dNativeBackpropFilter", { filterShape, dilations: [2, 1] })).toThrow(
      "expects a dilation of 1, found 2x1",
    );
    expect(run("Conv2DBackpropFilter", { filterShape, dataFormat: "NCHW" })).toThrow("expects NHWC maps, found NCHW");
    x.dispose();
  });
});

describe("tile", () => {
  it.each([
    { shape: [1, 1, 1, 5], reps: [2, 3, 4, 1] },
    { shape: [5], reps: [1] },
    { shape: [1, 3], reps: [4, 1] },
    { shape: [2, 3], reps: [2, 1] },
    { shape: [1, 3], reps: [2, 2] },
  ])("repeats $shape by $reps as the cpu backend does", async ({ shape, reps }) => {
    const repeat = async (backend: string) => {
      await tf.setBackend(backend);
      return tf.tidy(() => {
        const tiled = tf.tile(tf.tensor(values(shape, 4), shape), reps);
        return { shape: tiled.shape, values: Array.from(tiled.dataSync()) };
      });
    };
    expect(await repeat("wasm")).toEqual(await repeat("cpu"));
  });

  it("keeps numbers that are not finite", async () => {
    await tf.setBackend("wasm");
    const tiled = tf.tidy(() => Array.from(tf.tile(tf.tensor2d([[NaN, Infinity, -1]]), [2, 1]).dataSync()));
    expect(tiled).toEqual([NaN, Infinity, -1, NaN, Infinity, -1]);
  });
});
