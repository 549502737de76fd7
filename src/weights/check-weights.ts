import { error, type Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ShapedGraph } from "../ir/graph.ts";
import { elementsOf, formatShape, sameShape } from "../ir/shape.ts";
import { expectedWeights, type ExpectedWeight } from "./expected-weights.ts";
import type { WeightStore, WeightTensor } from "../formats/tensor.ts";

/**
 * An upper bound that no trained weight reaches. If numbers are read in the wrong byte order, one in four exceeds it.
 */
const LARGEST = 2 ** 64;

/**
 * Checks that weights fit a training graph: every tensor that the graph reads exists and has the right shape, every
 * value is finite and at most 2^64, and no variance is negative. A tensor that nothing reads is a warning.
 *
 * @param graph the training graph.
 * @param store the weights by name.
 * @returns the findings in the network's order, each at the row that reads the tensor. There are no errors if the
 * weights fit.
 */
export function checkWeights(graph: ShapedGraph, store: WeightStore): readonly Diagnostic[] {
  const expected = expectedWeights(graph);
  const findings = expected.flatMap((weight) => checkTensor(weight, store.get(weight.name)));
  const read = new Set(expected.map((weight) => weight.name));
  const unused = [...store.values()].filter((tensor) => !read.has(tensor.name));
  return [...findings, ...unused.map((tensor) => reportUnused(graph, tensor))];
}

function checkTensor(weight: ExpectedWeight, tensor: WeightTensor | undefined): readonly Diagnostic[] {
  const { name, shape, span } = weight;
  if (tensor === undefined) {
    const message = `Weight "${name}" of shape ${formatShape(shape)} is missing.`;
    return [error("weights/missing", span, message, { hint: "Use weights made for this network and these params." })];
  }
  if (!sameShape(tensor.shape, shape) || tensor.data.length !== elementsOf(shape)) {
    const found = `${formatShape(tensor.shape)} with ${tensor.data.length} values`;
    const message = `Weight "${name}": expected shape ${formatShape(shape)}, found ${found}.`;
    return [error("weights/shape", span, message, { hint: "Use weights made for this network and these params." })];
  }
  const bad = count(tensor.data, (value) => !Number.isFinite(value));
  if (bad.total > 0) {
    const message = `Weight "${name}": expected ${tensor.data.length} finite numbers, found ${bad.total} that are not: the first is ${bad.value} at index ${bad.at}.`;
    return [error("weights/not-finite", span, message, { hint: "Take a checkpoint from before training diverged." })];
  }
  const huge = count(tensor.data, (value) => Math.abs(value) > LARGEST);
  if (huge.total > 0) {
    const message = `Weight "${name}": expected numbers up to 2^64, found ${huge.total} of ${tensor.data.length} beyond: the first is ${huge.value} at index ${huge.at}.`;
    return [
      error("weights/too-large", span, message, {
        hint: "Check that the file was written in little-endian byte order.",
      }),
    ];
  }
  const negative = count(tensor.data, (value) => weight.slot === "variance" && value < 0);
  if (negative.total === 0) return [];
  const message = `Variance "${name}": expected numbers from 0, found ${negative.total} of ${tensor.data.length} below: the first is ${negative.value} at index ${negative.at}.`;
  return [
    error("weights/negative-variance", span, message, { hint: "Check that it was not swapped with another tensor." }),
  ];
}

function count(data: Float32Array, matches: (value: number) => boolean) {
  let total = 0;
  let at = -1;
  for (let i = 0; i < data.length; i++) {
    if (!matches(data[i] ?? NaN)) continue;
    if (total === 0) at = i;
    total += 1;
  }
  return { total, at, value: data[at] };
}

function reportUnused(graph: ShapedGraph, tensor: WeightTensor): Diagnostic {
  const message = `Weight "${tensor.name}" of shape ${formatShape(tensor.shape)} is read by no layer of "${graph.name}".`;
  const hint = "Delete it from the file, or check the layer's label.";
  return { ...error("weights/unused", graph.span, message, { hint }), severity: "warning" };
}
