import { describe, expect, test } from "vitest";
import { readDigits } from "../../examples/train-digits/digits.ts";
import type { ShapedGraph } from "../../src/ir/graph.ts";
import { inferenceGraph, trainingGraph } from "../../src/passes/pipeline.ts";
import { compareTensors } from "../../src/reference/compare.ts";
import { HALF_ROUNDING, halfNetwork, interpretHalf } from "../../src/reference/half-storage.ts";
import { interpret } from "../../src/reference/interpret.ts";
import { judge } from "../../src/reference/judge.ts";
import { randomWeights } from "../../src/weights/random-weights.ts";
import type { WeightStore } from "../../src/formats/tensor.ts";
import { roundToHalf } from "../../src/formats/half.ts";
import { compileSpecFile } from "../support/compile-spec-file.ts";
import { emitChecked, halfNodes, randomImage } from "../support/gpu-run.ts";
import { graphBuilder } from "../support/graph-builder.ts";
import { randomMobileGraph } from "../support/random-mobile-graph.ts";
import { readDigitsWeights } from "../training/digits-weights.ts";

const refuse = ({ message }: { readonly message: string }) => {
  throw new Error(message);
};

/** Returns the nodes that the program of a build stores in 16 bits. */
function storedBy(graph: ShapedGraph, weights: WeightStore) {
  const stored = halfNodes(graph, emitChecked(graph, weights, { precision: "f16" }));
  if (stored === null) throw new Error("the build stores nothing in 16 bits");
  return stored;
}

function mobile(seed: number) {
  const training = trainingGraph(randomMobileGraph(seed), refuse);
  const graph = inferenceGraph(training, refuse);
  const weights = randomWeights(training, seed);
  return { graph, weights, image: randomImage(graph, seed), stored: storedBy(graph, weights) };
}

test("small mobile networks stay within 1 % of float64, and are not it", () => {
  for (let seed = 0; seed < 40; seed++) {
    const { graph, weights, image, stored } = mobile(seed);
    const exact = interpret(graph, weights, image);
    const half = interpretHalf(graph, weights, image, stored);
    for (const { node } of graph.outputs) {
      const { reason, relativeError } = compareTensors(exact.get(node) ?? [], half.get(node) ?? [], { relative: 0.01 });
      expect(reason, `seed ${seed}`).toBeNull();
      expect(relativeError).toBeGreaterThan(1e-6);
    }
  }
});

describe("the judge", () => {
  const { graph, weights, image, stored } = mobile(3);
  const { graph: halfGraph, weights: halfWeights } = halfNetwork(graph, weights);
  const storage = () => HALF_ROUNDING;
  const run = interpretHalf(graph, weights, image, stored);
  const given = () => new Map([...stored].map((id) => [id, Float32Array.from(run.get(id) ?? [])] as const));
  const faults = (values: ReturnType<typeof given>, allowed?: typeof storage) =>
    [...judge(halfGraph, halfWeights, image, values, allowed).comparisons].filter(([, { agrees }]) => !agrees);

  test("takes what 16 bits round away, and not without being told", () => {
    expect(faults(given(), storage)).toEqual([]);
    expect(faults(given()).length).toBeGreaterThan(0);
  });

  test("finds a value that is off by a few steps", () => {
    const spoiled = given();
    // Spoils the last value: a layer that reads a spoiled value was not computed from it here, and would be off as well.
    const id = [...stored].at(-1) ?? -1;
    const values = spoiled.get(id) ?? new Float32Array();
    const largest = values.reduce((most, value, i) => (Math.abs(value) > Math.abs(values[most]!) ? i : most), 0);
    values[largest]! *= 1 + 4 * HALF_ROUNDING;
    expect(faults(spoiled, storage).map(([found]) => found)).toEqual([id]);
  });
});

test("a norm that stands alone has its scale and shift rounded, and is what it was but for that", () => {
  const builder = graphBuilder("norm", [3, 3, 4]);
  const graph = builder.shaped(builder.norm("norm", builder.input));
  const weights = randomWeights(graph, 1);
  const half = halfNetwork(graph, weights);
  const { path = "", id = -1 } = graph.nodes.find(({ op }) => op === "batch_norm") ?? {};
  for (const slot of ["gamma", "beta"]) {
    const values = half.weights.get(`${path}/${slot}`)?.data ?? new Float32Array();
    expect(values).toHaveLength(4);
    expect(values.map(roundToHalf)).toEqual(values);
    expect(values).not.toEqual(weights.get(`${path}/${slot}`)?.data);
  }
  const image = randomImage(graph, 1);
  const exact = interpret(graph, weights, image).get(id) ?? [];
  const found = interpret(half.graph, half.weights, image).get(id) ?? [];
  expect(compareTensors(exact, found, { relative: HALF_ROUNDING }).reason).toBeNull();
});

test("digits are classed in 16 bits as in float64", () => {
  const { inference } = compileSpecFile("digits.mnet");
  const weights = readDigitsWeights();
  const stored = storedBy(inference, weights);
  const last = inference.outputs.at(-1)?.node ?? -1;
  const classOf = (values: Float64Array | undefined) => values?.indexOf(Math.max(...values));
  const { heldOut } = readDigits();
  const digits = heldOut.filter(({ index }) => index < 4);
  expect(digits).toHaveLength(40);
  for (const { image, label, index } of digits) {
    const exact = classOf(interpret(inference, weights, image).get(last));
    const half = classOf(interpretHalf(inference, weights, image, stored).get(last));
    expect(half, `${label}, ${index}`).toBe(exact);
  }
});
