import { expect } from "vitest";
import type { ShapedGraph } from "../../src/ir/graph.ts";
import { elementsOf } from "../../src/ir/shape.ts";
import { interpret } from "../../src/reference/interpret.ts";
import { randomWeights } from "../../src/weights/random-weights.ts";
import { randomSource } from "../../src/weights/random.ts";
import type { WeightStore } from "../../src/formats/tensor.ts";

/** The bound for the difference of two float64 runs, as a share of the value's largest element. */
const BOUND = 1e-9;

/**
 * Returns, in words, the first place where two vectors differ by more than `bound` times the largest magnitude of
 * `expected` (at least 1), or null if they agree. Vectors with NaN or infinities and vectors of different length never
 * agree.
 */
export function firstDifference(expected: ArrayLike<number>, actual: ArrayLike<number>, bound = BOUND): string | null {
  if (expected.length !== actual.length) return `${expected.length} elements against ${actual.length}`;
  let largest = 1;
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(expected[i] ?? NaN));
  for (let i = 0; i < expected.length; i++) {
    const [a = NaN, b = NaN] = [expected[i], actual[i]];
    if (!Number.isFinite(a) || !Number.isFinite(b) || !(Math.abs(a - b) <= bound * largest)) {
      return `element ${i} of ${expected.length}: ${a} against ${b}`;
    }
  }
  return null;
}

/** Returns an image of standard normal pixels. */
export function randomImage(graph: ShapedGraph, seed: number): Float64Array {
  const random = randomSource(seed, "image");
  return Float64Array.from({ length: elementsOf(graph.input.shape) }, () => random.normal());
}

/**
 * Runs both graphs through the reference interpreter on the same weights (random ones of the first graph, unless
 * given) and one random image. Outputs of the same name must agree, and so must every value whose id is in both
 * graphs, because passes do not change the id of a value.
 */
export function expectSameFunction(before: ShapedGraph, after: ShapedGraph, seed = 1, weights?: WeightStore): void {
  const store = weights ?? randomWeights(before, seed);
  const image = randomImage(before, seed);
  const expected = interpret(before, store, image);
  const actual = interpret(after, store, image);
  expect(after.outputs.map(({ name }) => name)).toEqual(before.outputs.map(({ name }) => name));
  for (const [position, output] of before.outputs.entries()) {
    const node = after.outputs[position]?.node ?? -1;
    const difference = firstDifference(expected.get(output.node) ?? [], actual.get(node) ?? [NaN]);
    expect(difference, `output "${output.name}"`).toBeNull();
  }
  for (const node of after.nodes) {
    const value = expected.get(node.id);
    if (value === undefined) continue;
    const difference = firstDifference(value, actual.get(node.id) ?? [NaN]);
    expect(difference, `value %${node.id} of "${node.path}"`).toBeNull();
  }
}
