import type { ShapedNode } from "../../src/ir/graph.ts";
import { inferShape, type Op } from "../../src/ir/op.ts";
import { elementsOf, type Shape } from "../../src/ir/shape.ts";
import type { Value } from "../../src/reference/kernel.ts";
import { computeNode } from "../../src/reference/kernels.ts";
import { randomSource } from "../../src/weights/random.ts";
import type { WeightStore } from "../../src/formats/tensor.ts";

export function value(shape: Shape, data: ArrayLike<number>): Value {
  if (data.length !== elementsOf(shape)) throw new Error(`${data.length} values for ${shape.join("x")}`);
  return { shape, data: new Float64Array(data) };
}

/** 1, 2, 3 … in order. */
export function counting(shape: Shape): Value {
  return value(
    shape,
    Array.from({ length: elementsOf(shape) }, (_unused, i) => i + 1),
  );
}

export function randomValue(shape: Shape, name: string): Value {
  const random = randomSource(11, name);
  return value(
    shape,
    Array.from({ length: elementsOf(shape) }, () => random.normal()),
  );
}

/** A store of the tensors of a node named `op`. */
export function weightsOf(tensors: Readonly<Record<string, Value>>): WeightStore {
  return new Map(
    Object.entries(tensors).map(([slot, { shape, data }]) => [
      `op/${slot}`,
      { name: `op/${slot}`, shape, data: Float32Array.from(data) },
    ]),
  );
}

/** A node for the op, fed these shapes, under the path `op`. */
export function nodeFor(op: Op, inputs: readonly Shape[]): ShapedNode {
  const result = inferShape(op, inputs);
  if (result.problem !== undefined) throw new Error(result.problem.message);
  const place = { path: "op", layer: "op", block: null, span: { file: "test.mnet", start: 0, end: 0 } };
  const pads = result.pads === null ? {} : { pads: result.pads };
  return { ...op, ...place, id: 99, inputs: inputs.map((_shape, i) => i), shape: result.shape, ...pads } as ShapedNode;
}

/** Runs one op's kernel on values given by hand. */
export function runOp(op: Op, inputs: readonly Value[], tensors: Readonly<Record<string, Value>> = {}): Value {
  const node = nodeFor(
    op,
    inputs.map((input) => input.shape),
  );
  return { shape: node.shape, data: computeNode(node, inputs, weightsOf(tensors)) };
}
