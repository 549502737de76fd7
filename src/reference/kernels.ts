import type { ShapedNode } from "../ir/graph.ts";
import type { OpName } from "../ir/op.ts";
import type { WeightStore } from "../formats/tensor.ts";
import type { Kernel, Value } from "./kernel.ts";
import { activation } from "./ops/activation.ts";
import { adaptivePool } from "./ops/adaptive-pool.ts";
import { add } from "./ops/add.ts";
import { batchNorm } from "./ops/batch-norm.ts";
import { depthToSpace, spaceToDepth } from "./ops/block-moves.ts";
import { concat } from "./ops/concat.ts";
import { conv } from "./ops/conv.ts";
import { crop } from "./ops/crop.ts";
import { convTranspose } from "./ops/conv-transpose.ts";
import { dense } from "./ops/dense.ts";
import { depthwise } from "./ops/depthwise.ts";
import { dropout } from "./ops/dropout.ts";
import { flatten } from "./ops/flatten.ts";
import { globalPool } from "./ops/global-pool.ts";
import { input } from "./ops/input.ts";
import { mul } from "./ops/mul.ts";
import { pad } from "./ops/pad.ts";
import { permute } from "./ops/permute.ts";
import { pool } from "./ops/pool.ts";
import { resize } from "./ops/resize.ts";
import { prelu } from "./ops/prelu.ts";
import { reshape } from "./ops/reshape.ts";
import { responseNorm } from "./ops/response-norm.ts";
import { sampleNorm } from "./ops/sample-norm.ts";
import { scale } from "./ops/scale.ts";
import { shift } from "./ops/shift.ts";
import { shuffle } from "./ops/shuffle.ts";
import { slice } from "./ops/slice.ts";
import { squeeze } from "./ops/squeeze.ts";
import { sub } from "./ops/sub.ts";

const kernels: { readonly [N in OpName]: Kernel<N> } = {
  input,
  conv,
  conv_transpose: convTranspose,
  depthwise,
  dense,
  batch_norm: batchNorm,
  sample_norm: sampleNorm,
  response_norm: responseNorm,
  scale,
  shift,
  activation,
  prelu,
  pool,
  adaptive_pool: adaptivePool,
  global_pool: globalPool,
  dropout,
  flatten,
  squeeze,
  reshape,
  permute,
  shuffle,
  slice,
  resize,
  depth_to_space: depthToSpace,
  space_to_depth: spaceToDepth,
  pad,
  crop,
  add,
  sub,
  mul,
  concat,
};

/**
 * Returns the node's value, computed by its kernel. Throws {@link WeightError} if the store lacks one of its tensors.
 */
export function computeNode(node: ShapedNode, inputs: readonly Value[], weights: WeightStore): Float64Array {
  // The key of the table is the node's own op, but TypeScript cannot infer this through an index.
  const kernel = kernels[node.op] as (n: ShapedNode, i: readonly Value[], w: WeightStore) => Float64Array;
  return kernel(node, inputs, weights);
}
