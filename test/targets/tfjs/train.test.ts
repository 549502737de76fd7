import { shapeOps } from "../../support/shape-ops.ts";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { activationNames } from "../../../src/ir/activation.ts";
import type { NodeId, ShapedGraph } from "../../../src/ir/graph.ts";
import type { SampleNormOp } from "../../../src/ir/ops/sample-norm.ts";
import { compareTensors } from "../../../src/reference/compare.ts";
import { graphBuilder } from "../../support/graph-builder.ts";
import { compiled } from "../../support/compile-text.ts";
import { loadedModel, randomImage, useCpu } from "./emitted-model.ts";

beforeAll(useCpu);

const network = `
block bottleneck2(t, c, first s = 1) residual=auto {
  expand: conv 1x1 (t * in.c) norm=batch(momentum=0.9) act=relu6
  depthwise 3x3 stride=s norm=batch(momentum=0.9) act=hswish
  grouped: conv 3x3 c groups=2 dilation=2 norm=batch(momentum=0.9, scale=false)
}
network Tiny {
  input image [8, 8, 2]
  stem: conv 3x3 4 stride=2 norm=batch(momentum=0.9) act=relu
  bottleneck2 {
    | t | c | s |
    | 2 | 4 | 1 |
    | 2 | 6 | 2 |
  }
  pool avg
  flatten
  head: dense 3 act=softmax
}`;

/** Every norm by the sample's own numbers, and what learns a number a channel. */
const normed = `
block scaled(c) residual=auto {
  depthwise 3x3 norm=layer act=gelu
  conv 1x1 c norm=group(2) act=prelu
  norm response
  drop_path 0.05
  scale init=0.1
}
network Normed {
  input image [8, 8, 2]
  stem: conv 3x3 4 stride=2 norm=instance act=relu
  scaled 4
  branch sub {
    path { norm rms }
    path { shift init=0.1 }
  }
  pool avg
  scale 2
  shift 0.5
  norm layer(center=false)
  flatten
  head: dense 3 act=softmax
}`;

/** Images whose brightest third says their class. */
function examples(count: number) {
  const classes = Array.from({ length: count }, (_unused, i) => i % 3);
  const xs = tf.tensor4d(
    classes.flatMap((label, i) =>
      Array.from(
        { length: 128 },
        (_unused, p) => (Math.floor(p / 43) === label ? 1 : 0) + 0.1 * Math.sin(i * 7 + p * 13),
      ),
    ),
    [count, 8, 8, 2],
  );
  return { xs, ys: tf.oneHot(tf.tensor1d(classes, "int32"), 3).toFloat() };
}

describe("training", () => {
  it(
    "lowers the loss, moves every trainable weight and the statistics; predict moves nothing",
    { timeout: 60_000 },
    async () => {
      const { training: graph } = compiled(network);
      const { model } = await loadedModel(graph);
      const { xs, ys } = examples(18);
      const values = () =>
        new Map(model.weights.map((weight) => [weight.originalName, weight.read().dataSync().slice()]));
      model.compile({ optimizer: tf.train.adam(0.02), loss: "categoricalCrossentropy", metrics: ["accuracy"] });
      const start = values();
      tf.dispose(model.predict(xs));
      expect(values()).toEqual(start);
      const { history } = await model.fit(xs, ys, { epochs: 12, batchSize: 9, shuffle: false });
      const loss = history["loss"]?.map(Number) ?? [];
      expect(loss.at(-1)).toBeLessThan((loss[0] ?? 0) / 2);
      const trained = values();
      for (const [name, before] of start) expect([name, trained.get(name)]).not.toEqual([name, before]);
      expect(model.trainableWeights.map((weight) => weight.originalName)).toContain("bottleneck21_1/grouped/kernel");
      expect(model.nonTrainableWeights.map((weight) => weight.originalName)).toContain(
        "bottleneck21_1/grouped/norm/moving_mean",
      );
    },
  );

  it("moves what norms and scales have learned, to finite numbers", { timeout: 60_000 }, async () => {
    const { model } = await loadedModel(compiled(normed).training);
    const { xs, ys } = examples(18);
    const values = () =>
      new Map(model.weights.map((weight) => [weight.originalName, weight.read().dataSync().slice()]));
    model.compile({ optimizer: tf.train.adam(0.02), loss: "categoricalCrossentropy" });
    const start = values();
    const { history } = await model.fit(xs, ys, { epochs: 12, batchSize: 9, shuffle: false });
    const loss = history["loss"]?.map(Number) ?? [];
    expect(loss.at(-1)).toBeLessThan((loss[0] ?? 0) / 2);
    for (const [name, after] of values()) {
      expect([name, after.every(Number.isFinite)]).toEqual([name, true]);
      expect([name, after]).not.toEqual([name, start.get(name)]);
    }
  });

  it("keeps the share `momentum` of an old average, as tf.js does", async () => {
    const moved = await Promise.all(
      [true, false].map(async (scale) => {
        const g = graphBuilder("Norm", [3, 3, 2]);
        const norm = g.push("norm", { op: "batch_norm", eps: 1e-3, momentum: 0.75, scale, center: true }, [g.input]);
        const { model } = await loadedModel(g.shaped(norm));
        const mean = model.weights.find(({ originalName }) => originalName === "norm/moving_mean");
        const before = mean?.read().dataSync()[0] ?? NaN;
        const x = tf.fill([2, 3, 3, 2], 5);
        model.compile({ optimizer: tf.train.sgd(0), loss: "meanSquaredError" });
        await model.fit(x, x, { epochs: 1, batchSize: 2 });
        return [(mean?.read().dataSync()[0] ?? NaN) - (0.75 * before + 0.25 * 5), before];
      }),
    );
    for (const [off] of moved) expect(off).toBeCloseTo(0, 5);
  });
});

type Gradients = Readonly<Record<string, { slopes: readonly number[]; gradient: ArrayLike<number> }>>;

/** The gradients of sum(f(x) * probe) by small steps and by tf.js, in the emitted model itself: of the image and of each weight. */
async function gradients(
  graph: ShapedGraph,
  // No value is near 0, where a prelu bends.
  image = randomImage(graph, 3).map((value) => value / 2 + Math.sign(value) * 0.02),
): Promise<Gradients> {
  const { model } = await loadedModel(graph);
  const shape = [1, ...graph.input.shape];
  const out = (x: tf.Tensor) => model.predict(x) as tf.Tensor;
  const probe = tf.tensor(
    Float32Array.from({ length: out(tf.tensor(image, shape)).size }, (_unused, i) => Math.cos(i * 2.3)),
  );
  const value = (x: tf.Tensor) => tf.sum<tf.Scalar>(tf.mul(tf.reshape(out(x), [-1]), probe));
  const step = 1e-2;
  const slopesAt = (values: Float32Array, at: (moved: Float32Array) => number) =>
    [...values].map((_unused, i) => {
      const moved = (delta: number) => values.map((value, j) => (j === i ? value + delta : value));
      return (at(moved(step)) - at(moved(-step))) / (2 * step);
    });
  const x = tf.tensor(image, shape);
  const valueOf = (input: tf.Tensor) => tf.tidy(() => value(input).dataSync()[0] ?? NaN);
  const found: Record<string, { slopes: readonly number[]; gradient: ArrayLike<number> }> = {
    image: {
      slopes: slopesAt(image, (moved) => valueOf(tf.tensor(moved, shape))),
      gradient: tf.grad(value)(x).dataSync(),
    },
  };
  const { grads } =
    model.trainableWeights.length === 0 ? { grads: {} as tf.NamedTensorMap } : tf.variableGrads(() => value(x));
  for (const weight of model.trainableWeights) {
    const before = weight.read().clone();
    const slopes = slopesAt(before.dataSync() as Float32Array, (moved) => {
      weight.write(tf.tensor(moved, before.shape));
      return valueOf(x);
    });
    weight.write(before);
    found[weight.originalName] = { slopes, gradient: grads[weight.name]?.dataSync() ?? [] };
  }
  return found;
}

/** The largest difference between the gradients and the small steps, as a share of the largest; of each tensor by its name. */
async function gradientErrors(
  graph: ShapedGraph,
  image?: Float32Array<ArrayBuffer>,
): Promise<readonly (readonly [string, number])[]> {
  return Object.entries(await gradients(graph, image)).map(([name, { slopes, gradient }]) => {
    expect([name, gradient.length]).toEqual([name, slopes.length]);
    return [name, compareTensors(slopes, gradient, { relative: 0 }).relativeError];
  });
}

describe("gradients that tf.js's own layers lack or get wrong", () => {
  type Builder = ReturnType<typeof graphBuilder>;
  const norm = (kind: SampleNormOp["kind"]): SampleNormOp => ({
    op: "sample_norm",
    kind,
    groups: kind === "group" ? 2 : 1,
    eps: 1e-2,
    scale: true,
    center: kind !== "rms",
  });
  const cases: Readonly<Record<string, (g: Builder) => NodeId>> = {
    "grouped conv": (g) => g.conv("conv", g.input, 4, { kernel: 3, groups: 2, stride: 2 }),
    "dilated conv with a stride": (g) => g.conv("conv", g.input, 3, { kernel: 3, dilation: 2, stride: 2 }),
    "dilated conv": (g) => g.conv("conv", g.input, 3, { kernel: 3, dilation: [2, 1], padding: "valid" }),
    "dilated conv in groups": (g) => g.conv("conv", g.input, 4, { kernel: 3, dilation: 2, groups: 2 }),
    "conv dilated beyond the map": (g) => g.conv("conv", g.input, 3, { kernel: 3, dilation: 9, padding: "torch" }),
    "dilated depthwise with a stride": (g) => g.depthwise("conv", g.input, { dilation: [1, 3], stride: [2, 3] }),
    "dilated depthwise": (g) => g.depthwise("conv", g.input, { dilation: 2, multiplier: 2 }),
    "padded average": (g) =>
      g.push(
        "pool",
        {
          op: "pool",
          countPadding: false,
          ceil: false,
          mode: "avg",
          kernel: [3, 3],
          stride: [2, 2],
          dilation: [1, 1],
          padding: "same",
        },
        [g.input],
      ),
    "average with pads": (g) =>
      g.push(
        "pool",
        {
          op: "pool",
          countPadding: false,
          ceil: false,
          mode: "avg",
          kernel: [3, 3],
          stride: [1, 1],
          dilation: [1, 1],
          padding: [1, 0, 0, 1],
        },
        [g.input],
      ),
    bilinear: (g) =>
      g.push("up", { op: "resize", to: { factor: [2, 3] }, mode: "bilinear", coordinates: "half_pixel" }, [g.input]),
    nearest: (g) =>
      g.push("up", { op: "resize", to: { factor: [2, 3] }, mode: "nearest", coordinates: "half_pixel" }, [g.input]),
    "shuffle and slice": (g) =>
      g.push("cut", { op: "slice", from: 1, to: 3 }, [g.push("mix", { op: "shuffle", groups: 2 }, [g.input])]),
    "transposed conv": (g) => g.convTranspose("up", g.input, 3, { stride: 2, padding: "torch", outputPadding: [1, 0] }),
    "transposed conv, same": (g) => g.convTranspose("up", g.input, 3, { kernel: [3, 2], stride: [2, 3] }),
    "transposed conv in groups, dilated": (g) =>
      g.convTranspose("up", g.input, 2, { groups: 2, dilation: 2, stride: [1, 2], padding: [1, 0, 2, 0] }),
    "blocks of pixels": (g) =>
      g.push("deep", { op: "space_to_depth", blockSize: 2, order: "torch" }, [
        g.push("wide", { op: "depth_to_space", blockSize: 2, order: "tensorflow" }, [g.input]),
      ]),
    "reshape and permute": (g) =>
      g.push("rows", { op: "reshape", extents: [20, 1, 6] }, [
        g.push("turned", { op: "permute", order: "cwh" }, [g.input]),
      ]),
    "dense layer of a sequence": (g) =>
      g.dense("dense", g.push("rows", { op: "reshape", extents: [30, 1, 4] }, [g.input]), 3),
    "global mean": (g) => g.push("pool", { op: "global_pool", mode: "avg" }, [g.input]),
    "layer norm": (g) => g.push("norm", norm("layer"), [g.input]),
    "RMS norm": (g) => g.push("norm", norm("rms"), [g.input]),
    "group norm": (g) => g.push("norm", norm("group"), [g.input]),
    "instance norm": (g) => g.push("norm", norm("instance"), [g.input]),
    scale: (g) => g.push("scale", { op: "scale", factor: null, init: { kind: "ones" } }, [g.input]),
    shift: (g) => g.push("shift", { op: "shift", amount: null, init: { kind: "zeros" } }, [g.input]),
    difference: (g) =>
      g.push("rest", { op: "sub" }, [g.conv("conv", g.input, 4), g.input, g.act("act", g.input, "tanh")]),
    "response norm": (g) => g.push("norm", { op: "response_norm", eps: 1e-2 }, [g.input]),
    prelu: (g) => g.push("act", { op: "prelu", init: { kind: "constant", value: 0.25 } }, [g.input]),
    gate: (g) =>
      g.push("gate", { op: "mul" }, [g.input, g.push("pool", { op: "global_pool", mode: "avg" }, [g.input])]),
  };
  it.each(shapeOps)("%s", async (_name, op) => {
    const g = graphBuilder("Gradient", [6, 5, 4]);
    // Values that lie further apart than two steps: a maximum has no slope where two are equal.
    const image = Float32Array.from({ length: 120 }, (_unused, i) => (((i * 37) % 120) - 59.5) / 40);
    for (const [name, error] of await gradientErrors(g.shaped(g.push("op", op, [g.input])), image))
      expect([name, error < 5e-3]).toEqual([name, true]);
  });
  it.each(Object.entries(cases))("%s", async (_name, build) => {
    const g = graphBuilder("Gradient", [6, 5, 4]);
    for (const [name, error] of await gradientErrors(g.shaped(build(g))))
      expect([name, error < 5e-3]).toEqual([name, true]);
  });
});

describe("memory of a dilated conv", () => {
  it("grows with the map and the nine taps, not with the distance between them, in predict and fit", async () => {
    const network = `network Wide {
      input image [4, 4, 96]
      conv 3x3 64 dilation=36 padding=torch
      pool avg
      flatten
    }`;
    const { model } = await loadedModel(compiled(network).training);
    model.compile({ optimizer: tf.train.sgd(0.01), loss: "meanSquaredError" });
    const [xs, ys] = [tf.randomNormal([2, 4, 4, 96]), tf.zeros([2, 64])];
    // Bytes of the padded maps. A kernel with zeros between its taps would have 73 * 73 * 96 * 64 values, in 131 million bytes.
    const map = 4 * 2 * 76 * 76 * 96;
    const before = tf.memory().numBytes;
    const predicted = await tf.profile(() => model.predict(xs));
    expect(predicted.peakBytes).toBeLessThan(before + 3 * map);
    const trained = await tf.profile(async () => {
      await model.fit(xs, ys, { epochs: 1, batchSize: 2 });
      return xs;
    });
    expect(trained.peakBytes).toBeLessThan(before + 6 * map);
  });
});

describe("gradients of the activations", () => {
  // No value is within a step of 0, where some have a kink.
  const image = Float32Array.from({ length: 120 }, (_unused, i) => (i - 59.5) / 40);
  it.each(activationNames)("%s", async (fn) => {
    const g = graphBuilder("Gradient", [6, 5, 4]);
    for (const [, error] of await gradientErrors(g.shaped(g.act("act", g.input, fn, 0.4)), image))
      expect(error).toBeLessThan(1e-2);
  });
  it("elu with the usual alpha", async () => {
    const g = graphBuilder("Gradient", [6, 5, 4]);
    for (const [, error] of await gradientErrors(g.shaped(g.act("act", g.input, "elu", 1)), image))
      expect(error).toBeLessThan(1e-2);
  });
});
