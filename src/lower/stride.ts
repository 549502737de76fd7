import type { Op } from "../ir/op.ts";

export type Stride = readonly [number, number] | null;

/** Returns the total stride after an op, given the total stride before it. Returns null if the op leaves no stride. */
export function strideAfter(op: Op, before: Stride): Stride {
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
    case "dense":
    case "upsample":
    case "depth_to_space":
      return null;
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
