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

/** Every norm by the sample's own numbers, and a learned scale. */
const normed = `
block scaled(c) residual=auto {
  depthwise 3x3 norm=layer act=gelu
  conv 1x1 c norm=group(2)
  scale init=0.1
}
network Normed {
  input image [8, 8, 2]
  stem: conv 3x3 4 stride=2 norm=instance act=relu
  scaled 4
  norm rms
  pool avg
  scale 2
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

/** The gradient of sum(f(x) * probe) by small steps, in the emitted model itself. */
async function gradientError(
  graph: ShapedGraph,
  image = randomImage(graph, 3).map((value) => value / 2),
): Promise<number> {
  const { model } = await loadedModel(graph);
  const shape = [1, ...graph.input.shape];
  const out = (x: tf.Tensor) => model.predict(x) as tf.Tensor;
  const probe = tf.tensor(
    Float32Array.from({ length: out(tf.tensor(image, shape)).size }, (_unused, i) => Math.cos(i * 2.3)),
  );
  const value = (x: tf.Tensor) => tf.sum<tf.Scalar>(tf.mul(tf.reshape(out(x), [-1]), probe));
  const gradient = tf.grad(value)(tf.tensor(image, shape)).dataSync();
  const step = 1e-2;
  const slopes = [...image].map((_unused, i) => {
    const at = (delta: number) => {
      const moved = image.slice();
      moved[i] = (moved[i] ?? 0) + delta;
      return tf.tidy(() => value(tf.tensor(moved, shape)).dataSync()[0] ?? NaN);
    };
    return (at(step) - at(-step)) / (2 * step);
  });
  return compareTensors(slopes, gradient, { relative: 0 }).relativeError;
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
    "dilated depthwise": (g) => g.depthwise("conv", g.input, { dilation: 2, multiplier: 2 }),
    "padded average": (g) =>
      g.push("pool", { op: "pool", mode: "avg", kernel: [3, 3], stride: [2, 2], dilation: [1, 1], padding: "same" }, [
        g.input,
      ]),
    "average with pads": (g) =>
      g.push(
        "pool",
        { op: "pool", mode: "avg", kernel: [3, 3], stride: [1, 1], dilation: [1, 1], padding: [1, 0, 0, 1] },
        [g.input],
      ),
    bilinear: (g) => g.push("up", { op: "upsample", factor: [2, 3], mode: "bilinear" }, [g.input]),
    nearest: (g) => g.push("up", { op: "upsample", factor: [2, 3], mode: "nearest" }, [g.input]),
    "shuffle and slice": (g) =>
      g.push("cut", { op: "slice", from: 1, to: 3 }, [g.push("mix", { op: "shuffle", groups: 2 }, [g.input])]),
    "global mean": (g) => g.push("pool", { op: "global_pool", mode: "avg" }, [g.input]),
    "layer norm": (g) => g.push("norm", norm("layer"), [g.input]),
    "RMS norm": (g) => g.push("norm", norm("rms"), [g.input]),
    "group norm": (g) => g.push("norm", norm("group"), [g.input]),
    "instance norm": (g) => g.push("norm", norm("instance"), [g.input]),
    scale: (g) => g.push("scale", { op: "scale", factor: null, init: { kind: "ones" } }, [g.input]),
    gate: (g) =>
      g.push("gate", { op: "mul" }, [g.input, g.push("pool", { op: "global_pool", mode: "avg" }, [g.input])]),
  };
  it.each(Object.entries(cases))("%s", async (_name, build) => {
    const g = graphBuilder("Gradient", [6, 5, 4]);
    expect(await gradientError(g.shaped(build(g)))).toBeLessThan(5e-3);
  });
});

describe("gradients of the activations", () => {
  // No value is within a step of 0, where some have a kink.
  const image = Float32Array.from({ length: 120 }, (_unused, i) => (i - 59.5) / 40);
  it.each(activationNames)("%s", async (fn) => {
    const g = graphBuilder("Gradient", [6, 5, 4]);
    expect(await gradientError(g.shaped(g.act("act", g.input, fn, 0.4)), image)).toBeLessThan(1e-2);
  });
  it("elu with the usual alpha", async () => {
    const g = graphBuilder("Gradient", [6, 5, 4]);
    expect(await gradientError(g.shaped(g.act("act", g.input, "elu", 1)), image)).toBeLessThan(1e-2);
  });
});
