import type { WeightTensor } from "../../formats/tensor.ts";

/**
 * The map `x * scale + shift` that a graph applies to each channel of a value. A single number applies to all
 * channels.
 */
export interface Affine {
  readonly scale: Float64Array;
  readonly shift: Float64Array;
}

const one = Float64Array.of(1);
// The neutral element of addition is -0. Adding 0 would change -0 to 0.
const zero = Float64Array.of(-0);

/** The identity map. */
export const identity: Affine = { scale: one, shift: zero };

function zip(a: Float64Array, b: Float64Array, combine: (x: number, y: number) => number): Float64Array {
  const length = Math.max(a.length, b.length);
  return Float64Array.from({ length }, (_unused, i) => combine(a[a.length === 1 ? 0 : i]!, b[b.length === 1 ? 0 : i]!));
}

/** Returns the composition of two maps, `first` before `second`, in float64. */
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

/**
 * The ops that add a constant to a value or scale it. If the order of the operands matters, the constant is the
 * second.
 */
const operations: Readonly<Record<string, (constant: Float64Array) => Affine>> = {
  BiasAdd: (shift) => ({ scale: one, shift }),
  Add: (shift) => ({ scale: one, shift }),
  AddV2: (shift) => ({ scale: one, shift }),
  Sub: (constant) => ({ scale: one, shift: constant.map((value) => -value) }),
  Mul: (scale) => ({ scale, shift: zero }),
  RealDiv: (constant) => ({ scale: constant.map((value) => 1 / value), shift: zero }),
};

const commutative = new Set(["Add", "AddV2", "Mul"]);

/** Tells whether a node of this op is an affine map if its input at `position` is constant. */
export function isAffine(op: string, position: number): boolean {
  return Object.hasOwn(operations, op) && (position === 1 || commutative.has(op));
}

export function affineOf(op: string, constant: Float64Array): Affine {
  return operations[op]!(constant);
}

/**
 * Returns a constant as a single number or as one number per channel of the last axis. Returns null if it varies along
 * another axis.
 */
export function perChannel({ shape, data }: WeightTensor): Float64Array | null {
  const channels = shape.at(-1) ?? 1;
  return data.length === channels ? Float64Array.from(data) : null;
}
