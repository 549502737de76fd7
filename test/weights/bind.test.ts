import { describe, expect, it } from "vitest";
import { ZEROS } from "../../src/ir/initializer.ts";
import type { NormFold } from "../../src/ir/norm-fold.ts";
import type { LinearOp } from "../../src/ir/op.ts";
import { channelsOf, type Shape } from "../../src/ir/shape.ts";
import { computeNode } from "../../src/reference/kernels.ts";
import { boundFloat32, boundWeights, normScaleShift, type LinearNode } from "../../src/weights/bind.ts";
import { randomSource } from "../../src/weights/random.ts";
import type { WeightStore, WeightTensor } from "../../src/formats/tensor.ts";
import { nodeFor, randomValue } from "../reference/run-op.ts";

const common = { bias: true, init: ZEROS, biasInit: ZEROS, folded: [], activation: null } as const;
const window = { kernel: [3, 3], stride: [2, 2], dilation: [1, 1], padding: "same" } as const;

const linears: readonly {
  readonly name: string;
  readonly op: LinearOp;
  readonly input: Shape;
  readonly kernel: Shape;
}[] = [
  {
    name: "conv",
    op: { ...common, ...window, op: "conv", filters: 4, groups: 1 },
    input: [5, 5, 3],
    kernel: [3, 3, 3, 4],
  },
  {
    name: "grouped conv",
    op: { ...common, ...window, op: "conv", filters: 4, groups: 2 },
    input: [5, 5, 6],
    kernel: [3, 3, 3, 4],
  },
  {
    name: "depthwise",
    op: { ...common, ...window, op: "depthwise", multiplier: 1 },
    input: [5, 5, 4],
    kernel: [3, 3, 4, 1],
  },
  {
    name: "depthwise, multiplier 2",
    op: { ...common, ...window, op: "depthwise", multiplier: 2 },
    input: [5, 5, 2],
    kernel: [3, 3, 2, 2],
  },
  { name: "dense", op: { ...common, op: "dense", units: 4 }, input: [7], kernel: [7, 4] },
];

/** Four difficult channels: gamma 0, a tiny variance, a large one, a negative gamma. */
const statistics = {
  gamma: [0, 1.5, 0.5, -1],
  beta: [0.25, -3, 0, 1],
  mean: [1, -2, 100, 0.5],
  variance: [1, 1e-8, 1e6, 0.7],
};

const tensor = (name: string, shape: Shape, data: ArrayLike<number>): readonly [string, WeightTensor] => [
  name,
  { name, shape, data: Float32Array.from(data) },
];

function storeFor(kernel: Shape, bias: boolean, ...norms: readonly string[]): WeightStore {
  return new Map([
    tensor("op/kernel", kernel, randomValue(kernel, "kernel").data),
    ...(bias ? [tensor("op/bias", [4], [1, -1, 2, 0.5])] : []),
    ...norms.flatMap((path) => Object.entries(statistics).map(([slot, data]) => tensor(`${path}/${slot}`, [4], data))),
  ]);
}

function linearNode(op: LinearOp, input: Shape): LinearNode {
  return nodeFor(op, [input]) as LinearNode;
}

const fold = (options: Partial<NormFold> = {}): NormFold => ({
  path: "op/norm",
  eps: 1e-3,
  scale: true,
  center: true,
  ...options,
});

describe("boundWeights", () => {
  for (const { name, op, input, kernel } of linears) {
    for (const bias of [true, false]) {
      for (const [scale, center] of [
        [true, true],
        [false, true],
        [true, false],
        [false, false],
      ] as const) {
        it(`folds a norm into a ${name}: bias ${bias}, scale ${scale}, center ${center}`, () => {
          const store = storeFor(kernel, bias, "op/norm");
          const image = randomValue(input, "image");
          const apart = linearNode({ ...op, bias }, input);
          const before = computeNode(apart, [image], store);
          const norm = { op: "batch_norm", eps: 1e-3, momentum: 0.9, scale, center } as const;
          const normNode = { ...nodeFor(norm, [apart.shape]), path: "op/norm" };
          const expected = computeNode(normNode, [{ shape: apart.shape, data: before }], store);
          const folded = linearNode({ ...op, bias, folded: [fold({ scale, center })] }, input);
          const found = computeNode(folded, [image], store);
          const largest = Math.max(...expected.map(Math.abs));
          expected.forEach((number, i) => expect(Math.abs((found[i] ?? NaN) - number)).toBeLessThan(1e-12 * largest));
        });
      }
    }
  }

  it("applies several folds in order", () => {
    const op: LinearOp = { ...common, op: "dense", units: 4 };
    const store = new Map([
      tensor("op/kernel", [1, 4], [1, 1, 1, 1]),
      tensor("op/bias", [4], [0, 0, 0, 0]),
      ...["first", "second"].flatMap((path, i) => [
        tensor(`${path}/mean`, [4], [1 + i, 0, 0, 0]),
        tensor(`${path}/variance`, [4], [3, 3, 3, 3]),
        tensor(`${path}/gamma`, [4], [2 + 2 * i, 2, 2, 2]),
      ]),
    ]);
    const recipes = ["first", "second"].map((path) => fold({ path, eps: 1, center: false }));
    const { kernel, bias } = boundWeights(linearNode({ ...op, folded: recipes }, [1]), [1], store);
    // ((x - 1) * 1 - 2) * 2
    expect([...kernel]).toEqual([2, 1, 1, 1]);
    expect([...(bias ?? [])]).toEqual([-6, 0, 0, 0]);
  });

  it("has no bias without one and without a fold", () => {
    const op: LinearOp = { ...common, op: "dense", units: 4, bias: false };
    expect(boundWeights(linearNode(op, [7]), [7], storeFor([7, 4], false)).bias).toBeNull();
  });

  it("leaves the store alone", () => {
    const op: LinearOp = { ...common, op: "dense", units: 4, folded: [fold()] };
    const store = storeFor([7, 4], true, "op/norm");
    const before = [...store.values()].map(({ data }) => [...data]);
    boundWeights(linearNode(op, [7]), [7], store);
    expect([...store.values()].map(({ data }) => [...data])).toEqual(before);
  });

  it("names a norm's tensor that is missing", () => {
    const op: LinearOp = { ...common, op: "dense", units: 4, folded: [fold()] };
    expect(() => boundWeights(linearNode(op, [7]), [7], storeFor([7, 4], true))).toThrow(
      `Weight "op/norm/gamma": expected a 4 tensor, found none.`,
    );
  });
});

describe("boundFloat32", () => {
  it("rounds the folded value once", () => {
    const random = randomSource(1, "values");
    const op: LinearOp = { ...common, op: "dense", units: 4, folded: [fold()] };
    const node = linearNode(op, [50]);
    const store = new Map([
      ...storeFor([7, 4], true, "op/norm"),
      tensor(
        "op/kernel",
        [50, 4],
        Array.from({ length: 200 }, () => random.normal()),
      ),
    ]);
    const exact = boundWeights(node, [50], store);
    const rounded = boundFloat32(node, [50], store);
    expect(rounded.kernel).toBeInstanceOf(Float32Array);
    expect([...rounded.kernel]).toEqual([...exact.kernel].map(Math.fround));
    expect([...(rounded.bias ?? [])]).toEqual([...(exact.bias ?? [])].map(Math.fround));
  });
});

describe("normScaleShift", () => {
  it("is the norm as x * scale + shift", () => {
    const shape = [2, 2, 4];
    const node = nodeFor({ op: "batch_norm", eps: 1e-3, momentum: 0.9, scale: true, center: true }, [shape]);
    if (node.op !== "batch_norm") throw new Error("not a norm");
    const { scale, shift } = normScaleShift(node, storeFor([1], false, "op"));
    for (let c = 0; c < channelsOf(shape); c++) {
      const at = (slot: keyof typeof statistics) => Math.fround(statistics[slot][c] ?? NaN);
      const factor = at("gamma") / Math.sqrt(at("variance") + 1e-3);
      expect(scale[c]).toBeCloseTo(factor, 12);
      expect(shift[c]).toBeCloseTo(at("beta") - at("mean") * factor, 9);
    }
    expect(scale[0]).toBe(0);
  });
});
