import type { ShapedNodeOf } from "../../../ir/graph.ts";
import type { Shape } from "../../../ir/shape.ts";
import { convDepthwiseOptions } from "./conv-depthwise.ts";
import { convPoolOptions } from "./conv-pool.ts";
import { isPointwise } from "./conv-tile.ts";
import { depthwise } from "./depthwise.ts";
import { depthwiseConvOptions } from "./depthwise-conv.ts";
import { directConv, groupsHoldVectors } from "./direct-conv.ts";
import { copy, product, scaleShift } from "./elementwise.ts";
import { globalPoolOptions } from "./global-pool.ts";
import { groupedConv } from "./grouped-conv.ts";
import { onlyOption, type KernelContext, type KernelOption } from "./kernel-option.ts";
import { isMatrixVector, matrixVectorOptions } from "./matrix-vector.ts";
import { pointwiseOptions } from "./pointwise.ts";
import { pool } from "./pool.ts";
import { concat, shuffle, slice, upsample } from "./rearrange.ts";
import { softmaxOptions } from "./softmax.ts";
import { squeezeExciteOptions } from "./squeeze-excite.ts";
import type { EpilogueStage, Step } from "../schedule/schedule.ts";

/** The programs that can compute a step, at least one for a step that is not fused. */
export function kernelOptions(step: Step, context: KernelContext): readonly KernelOption[] {
  const { work, epilogue, shape } = step;
  const shapes = step.inputs.map((input) => input.shape);
  const [first = []] = shapes;
  switch (work.kind) {
    case "conv":
      return convOptions(work.node, first, epilogue, context);
    case "depthwise":
      return [onlyOption(depthwise(work.node, first, epilogue, work.beside))];
    case "dense":
      return matrixVectorOptions(work.node, first, epilogue, context.limits);
    case "scale_shift":
      return [onlyOption(scaleShift(work.node, epilogue))];
    case "copy":
      return [onlyOption(copy(shape, epilogue))];
    case "product":
      return [onlyOption(product(shapes, shape, epilogue))];
    case "pool":
      return [onlyOption(pool(work.node, first, epilogue))];
    case "global_pool":
      return globalPoolOptions(work.node.mode, first, epilogue);
    case "softmax":
      return softmaxOptions(shape);
    case "concat":
      return [onlyOption(concat(shapes, shape))];
    case "shuffle":
      return [onlyOption(shuffle(work.node, first))];
    case "slice":
      return [onlyOption(slice(work.node, first))];
    case "upsample":
      return [onlyOption(upsample(work.node, first, epilogue))];
    case "conv_depthwise":
      return convDepthwiseOptions({ ...work, stages: epilogue }, context);
    case "depthwise_conv":
      return depthwiseConvOptions({ ...work, stages: epilogue }, context);
    case "conv_pool":
      return convPoolOptions({ ...work, stages: epilogue }, context);
    case "scaled_conv":
      return pointwiseOptions({ node: work.node, input: first, stages: epilogue, scaled: true }, context);
    case "squeeze_excite":
      return squeezeExciteOptions({ ...work, input: first, stages: epilogue }, context);
    default:
      return work satisfies never;
  }
}

function convOptions(
  node: ShapedNodeOf<"conv">,
  input: Shape,
  stages: readonly EpilogueStage[],
  context: KernelContext,
): readonly KernelOption[] {
  if (isMatrixVector(node, input)) return matrixVectorOptions(node, input, stages, context.limits);
  if (isPointwise(node)) return pointwiseOptions({ node, input, stages, scaled: false }, context);
  if (groupsHoldVectors(node)) return [onlyOption(directConv(node, input, stages))];
  return [onlyOption(groupedConv(node, input, stages))];
}
