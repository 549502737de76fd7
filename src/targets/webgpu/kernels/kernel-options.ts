import type { ShapedNodeOf } from "../../../ir/graph.ts";
import type { Shape } from "../../../ir/shape.ts";
import { adaptivePool } from "./adaptive-pool.ts";
import { blockMove } from "./block-moves.ts";
import { convPoolOptions } from "./conv-pool.ts";
import { convTranspose } from "./conv-transpose.ts";
import { isPointwise } from "./conv-tile.ts";
import { depthwise } from "./depthwise.ts";
import { depthwiseProjectOptions } from "./depthwise-project.ts";
import { directConv, groupsHoldVectors } from "./direct-conv.ts";
import { channelMap } from "./channel-map.ts";
import { copy, product } from "./elementwise.ts";
import { expandDepthwiseOptions } from "./expand-depthwise.ts";
import { globalPoolOptions } from "./global-pool.ts";
import { groupedConv } from "./grouped-conv.ts";
import { invertedResidualOptions } from "./inverted-residual.ts";
import { onlyOption, type KernelContext, type KernelOption } from "./kernel-option.ts";
import { isMatrixVector, matrixVectorOptions } from "./matrix-vector.ts";
import { permute } from "./permute.ts";
import { pointwiseOptions } from "./pointwise.ts";
import { pad } from "./pad.ts";
import { pool } from "./pool.ts";
import { responseNorm } from "./response-norm.ts";
import { concat, shuffle, slice } from "./rearrange.ts";
import { resize } from "./resize.ts";
import { sampleNorm } from "./sample-norm.ts";
import { softmaxOptions } from "./softmax.ts";
import { squeezeExciteOptions } from "./squeeze-excite.ts";
import type { EpilogueStage, Step } from "../schedule/schedule.ts";

/** Lists the ways to compute a step; a step that is not fused has at least one. */
export function kernelOptions(step: Step, context: KernelContext): readonly KernelOption[] {
  const { work, epilogue, shape } = step;
  const shapes = step.inputs.map((input) => input.shape);
  const [first = []] = shapes;
  switch (work.kind) {
    case "conv":
      return convOptions(work.node, first, epilogue, context);
    case "conv_transpose":
      return [onlyOption((layout) => convTranspose(work.node, first, epilogue, layout))];
    case "depthwise":
      return [onlyOption((layout) => depthwise(work.node, first, epilogue, layout, work.beside))];
    case "dense":
      return matrixVectorOptions(work.node, first, epilogue, context.limits);
    case "channel_map":
      return [onlyOption((layout) => channelMap(work.node, epilogue, layout))];
    case "channel_lengths":
      return globalPoolOptions("length", first, epilogue);
    case "response_norm":
      return [onlyOption((layout) => responseNorm(work.node, epilogue, layout))];
    case "sample_norm":
      return [onlyOption((layout) => sampleNorm(work.node, epilogue, layout))];
    case "copy":
      return [onlyOption((layout) => copy(shape, epilogue, layout))];
    case "product":
      return [onlyOption((layout) => product(shapes, shape, epilogue, layout))];
    case "pool":
      return [onlyOption((layout) => pool(work.node, first, epilogue, layout))];
    case "adaptive_pool":
      return [onlyOption((layout) => adaptivePool(work.node, first, epilogue, layout))];
    case "global_pool":
      return globalPoolOptions(work.node.mode, first, epilogue);
    case "softmax":
      return softmaxOptions(work.fn, shape);
    case "concat":
      return [onlyOption((layout) => concat(shapes, shape, layout))];
    case "shuffle":
      return [onlyOption((layout) => shuffle(work.node, first, layout))];
    case "slice":
      return [onlyOption((layout) => slice(work.node, first, layout))];
    case "permute":
      return [onlyOption((layout) => permute(work.node, first, epilogue, layout))];
    case "resize":
      return [onlyOption((layout) => resize(work.node, first, epilogue, layout))];
    case "block_move":
      return [onlyOption((layout) => blockMove(work.node, first, epilogue, layout))];
    case "pad":
      return [onlyOption((layout) => pad(work.node, first, epilogue, layout))];
    case "expand_depthwise":
      return expandDepthwiseOptions({ ...work, stages: epilogue }, context);
    case "depthwise_project":
      return depthwiseProjectOptions({ ...work, stages: epilogue }, context);
    case "inverted_residual":
      return invertedResidualOptions({ ...work, stages: epilogue }, context);
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
  if (!groupsHoldVectors(node)) return [onlyOption((layout) => groupedConv(node, input, stages, layout))];
  const build: NonNullable<KernelOption["buildOverImage"]> = (layout, image) =>
    directConv(node, input, stages, layout, image);
  const option = onlyOption((layout) => directConv(node, input, stages, layout));
  return [node.groups === 1 ? { ...option, buildOverImage: build } : option];
}
