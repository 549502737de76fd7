import { directConv, groupsHoldVectors } from "./kernels/direct-conv.ts";
import { depthwise } from "./kernels/depthwise.ts";
import { copy, product, scaleShift } from "./kernels/elementwise.ts";
import { globalPool } from "./kernels/global-pool.ts";
import { groupedConv } from "./kernels/grouped-conv.ts";
import { isMatrixVector, matrixVector } from "./kernels/matrix-vector.ts";
import { isPointwise, pointwise } from "./kernels/pointwise.ts";
import { pool } from "./kernels/pool.ts";
import { concat, shuffle, slice, upsample } from "./kernels/rearrange.ts";
import { softmax } from "./kernels/softmax.ts";
import type { LimitProfile } from "./limits.ts";
import type { Step } from "./schedule.ts";
import type { KernelProgram } from "./wgsl/kernel-program.ts";

/** The program that computes a step. */
export function selectKernel(step: Step, limits: LimitProfile): KernelProgram {
  const { work, epilogue, shape } = step;
  const shapes = step.inputs.map((input) => input.shape);
  const [first = []] = shapes;
  switch (work.kind) {
    case "conv":
      if (isMatrixVector(work.node, first)) return matrixVector(work.node, first, epilogue, limits);
      if (isPointwise(work.node)) return pointwise(work.node, first, epilogue);
      if (groupsHoldVectors(work.node)) return directConv(work.node, first, epilogue);
      return groupedConv(work.node, first, epilogue);
    case "depthwise":
      return depthwise(work.node, first, epilogue);
    case "dense":
      return matrixVector(work.node, first, epilogue, limits);
    case "scale_shift":
      return scaleShift(work.node, epilogue);
    case "copy":
      return copy(shape, epilogue);
    case "product":
      return product(shapes, shape, epilogue);
    case "pool":
      return pool(work.node, first, epilogue);
    case "global_pool":
      return globalPool(work.node.mode, first, epilogue);
    case "softmax":
      return softmax(shape);
    case "concat":
      return concat(shapes, shape);
    case "shuffle":
      return shuffle(work.node, first);
    case "slice":
      return slice(work.node, first);
    case "upsample":
      return upsample(work.node, first, epilogue);
    default:
      return work satisfies never;
  }
}
