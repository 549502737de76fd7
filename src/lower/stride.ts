import type { Op } from "../ir/op.ts";
import type { Shape } from "../ir/shape.ts";

export type Stride = readonly [number, number] | null;

/**
 * Returns the total stride after an op, given the total stride before it. Returns null if the op leaves no stride. `shape` is that of
 * its output: a dense layer of a sequence keeps the positions apart.
 */
export function strideAfter(op: Op, before: Stride, shape: Shape | null): Stride {
  switch (op.op) {
    case "conv":
    case "depthwise":
    case "pool":
      return chainStrides(before, op.stride);
    case "conv_transpose":
      return op.stride[0] === 1 && op.stride[1] === 1 ? before : null;
    case "space_to_depth":
      return chainStrides(before, [op.blockSize, op.blockSize]);
    case "adaptive_pool":
    case "global_pool":
    case "flatten":
    case "squeeze":
    case "reshape":
    case "permute":
    case "resize":
    case "depth_to_space":
      return null;
    case "dense":
      return shape?.length === 3 ? before : null;
    default:
      return before;
  }
}

/** Returns the product of two strides, or null if one is null. */
export function chainStrides(before: Stride, after: Stride): Stride {
  return before === null || after === null ? null : [before[0] * after[0], before[1] * after[1]];
}

/** Returns the stride that all paths of a branch share, or null if they differ. */
export function sharedStride(strides: readonly Stride[]): Stride {
  const [first = null, ...rest] = strides;
  return first !== null && rest.every((stride) => stride !== null && stride[0] === first[0] && stride[1] === first[1])
    ? first
    : null;
}
