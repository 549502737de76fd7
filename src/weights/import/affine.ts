import type { WeightTensor } from "../../formats/tensor.ts";

/** What a graph does to each channel of a value: `x * scale + shift`. One number stands for all channels. */
export interface Affine {
  readonly scale: Float64Array;
  readonly shift: Float64Array;
}

const one = Float64Array.of(1);
// The zero that changes no number to which it is added: 0 would turn -0 into 0.
const zero = Float64Array.of(-0);

/** Leaves every value as it is. */
export const identity: Affine = { scale: one, shift: zero };

function zip(a: Float64Array, b: Float64Array, combine: (x: number, y: number) => number): Float64Array {
  const length = Math.max(a.length, b.length);
  return Float64Array.from({ length }, (_unused, i) => combine(a[a.length === 1 ? 0 : i]!, b[b.length === 1 ? 0 : i]!));
}

/** `first`, then `second`, in float64. */
export function chain(first: Affine, second: Affine): Affine {
  return {
    scale: zip(first.scale, second.scale, (x, y) => x * y),
    shift: zip(
      zip(first.shift, second.scale, (x, y) => x * y),
      second.shift,
      (x, y) => x + y,
    ),
  };
}

/** The ops that add to a value or scale it. Where the sides differ, the constant stands second. */
const operations: Readonly<Record<string, (constant: Float64Array) => Affine>> = {
  BiasAdd: (shift) => ({ scale: one, shift }),
  Add: (shift) => ({ scale: one, shift }),
  AddV2: (shift) => ({ scale: one, shift }),
  Sub: (constant) => ({ scale: one, shift: constant.map((value) => -value) }),
  Mul: (scale) => ({ scale, shift: zero }),
  RealDiv: (constant) => ({ scale: constant.map((value) => 1 / value), shift: zero }),
};

const commutative = new Set(["Add", "AddV2", "Mul"]);

/** Whether a node of this op is an affine map if one of its inputs, `position`, is constant. */
export function isAffine(op: string, position: number): boolean {
  return Object.hasOwn(operations, op) && (position === 1 || commutative.has(op));
}

export function affineOf(op: string, constant: Float64Array): Affine {
  return operations[op]!(constant);
}

/** A constant as one number a channel of the last axis, or a single one; null where it differs along other axes. */
export function perChannel({ shape, data }: WeightTensor): Float64Array | null {
  const channels = shape.at(-1) ?? 1;
  return data.length === channels ? Float64Array.from(data) : null;
}
