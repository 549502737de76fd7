import { describe, expect, it } from "vitest";
import { activationNames, type ActivationName, type ElementwiseActivation } from "../../src/ir/activation.ts";
import { activate } from "../../src/reference/activations.ts";

const run = (fn: ActivationName, values: readonly number[], channels = values.length) => [
  ...activate({ fn, alpha: 0.1 }, new Float64Array(values), channels),
];

/** Worked out with 40 digits. */
const table: Readonly<Record<ElementwiseActivation, readonly (readonly [number, number])[]>> = {
  relu: [
    [-1, 0],
    [0, 0],
    [7, 7],
  ],
  relu6: [
    [-1, 0],
    [3, 3],
    [7, 6],
  ],
  leaky_relu: [
    [-2, -0.2],
    [2, 2],
  ],
  elu: [
    [-2, -0.08646647167633874],
    [-1e-9, -9.999999995e-11],
    [2, 2],
  ],
  selu: [
    [-2, -1.520166468595695],
    [-1e-9, -1.758099339968327e-9],
    [2, 2.101401974710961],
  ],
  softplus: [
    [0, 0.6931471805599453],
    [-1, 0.31326168751822286],
    [-40, 4.248354255291589e-18],
    [800, 800],
  ],
  mish: [
    [1, 0.8650983882673103],
    [-1, -0.3034014613741089],
    [-5, -0.0335762377301617],
    [800, 800],
  ],
  swish: [
    [1, 0.7310585786300049],
    [-2, -0.23840584404423512],
    [-800, 0],
  ],
  hswish: [
    [-4, 0],
    [-1, -1 / 3],
    [1, 2 / 3],
    [5, 5],
  ],
  sigmoid: [
    [0, 0.5],
    [2, 0.8807970779778823],
    [-40, 4.248354255291589e-18],
    [-800, 0],
    [800, 1],
  ],
  hsigmoid: [
    [-3, 0],
    [0, 0.5],
    [1, 2 / 3],
    [3, 1],
  ],
  tanh: [
    [0.5, 0.46211715726000974],
    [-30, -1],
  ],
  gelu: [
    [0, 0],
    [1, 0.8413447460685429],
    [-1, -0.15865525393145707],
    [3, 2.99595030590511],
    [-5, -1.43325785939596e-6],
  ],
  gelu_tanh: [
    [1, 0.8411919906082767],
    [-1, -0.1588080093917233],
    [3, 2.996362607918227],
    [-5, -2.291796196629506e-7],
    [-800, 0],
  ],
};

describe("activations", () => {
  for (const [fn, points] of Object.entries(table) as [ElementwiseActivation, [number, number][]][]) {
    it(`computes ${fn}`, () => {
      for (const [x, y] of points) {
        const [found = NaN] = run(fn, [x]);
        expect(Math.abs(found - y)).toBeLessThanOrEqual(1e-10 * Math.abs(y) + 1e-300);
      }
    });
  }

  it("takes softmax over the last axis, whatever the logits' size", () => {
    const [a, b, c, d] = run("softmax", [0, Math.log(3), 1000, 1000], 2);
    expect(a).toBeCloseTo(0.25, 15);
    expect(b).toBeCloseTo(0.75, 15);
    expect([c, d]).toEqual([0.5, 0.5]);
  });

  it("takes the logarithm of softmax without overflow and without losing small shares", () => {
    const [a, b, c, d] = run("log_softmax", [0, Math.log(3), 1000, 0], 2);
    expect(a).toBeCloseTo(Math.log(0.25), 14);
    expect(b).toBeCloseTo(Math.log(0.75), 14);
    expect([c, d]).toEqual([0, -1000]);
  });

  it("hands a NaN on through every one", () => {
    for (const fn of activationNames) expect(run(fn, [NaN])).toEqual([NaN]);
    expect(run("softmax", [1, NaN, 1, 1], 2).slice(0, 2)).toEqual([NaN, NaN]);
    expect(run("softmax", [1, NaN, 1, 1], 2).slice(2)).toEqual([0.5, 0.5]);
  });
});
