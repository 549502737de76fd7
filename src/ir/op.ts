import type { MergedBranch } from "./merged-branch.ts";
import type { KnownShapes, OpDefinition, ShapeResult, WeightSlot } from "./op-definition.ts";
import { activation, type ActivationOp } from "./ops/activation.ts";
import { adaptivePool, type AdaptivePoolOp } from "./ops/adaptive-pool.ts";
import { add, type AddOp } from "./ops/add.ts";
import { batchNorm, type BatchNormOp } from "./ops/batch-norm.ts";
import { concat, type ConcatOp } from "./ops/concat.ts";
import { conv, type ConvOp } from "./ops/conv.ts";
import { crop, type CropOp } from "./ops/crop.ts";
import { convTranspose, type ConvTransposeOp } from "./ops/conv-transpose.ts";
import { dense, type DenseOp } from "./ops/dense.ts";
import { depthToSpace, type DepthToSpaceOp } from "./ops/depth-to-space.ts";
import { depthwise, type DepthwiseOp } from "./ops/depthwise.ts";
import { dropout, type DropoutOp } from "./ops/dropout.ts";
import { flatten, type FlattenOp } from "./ops/flatten.ts";
import { globalPool, type GlobalPoolOp } from "./ops/global-pool.ts";
import { input, type InputOp } from "./ops/input.ts";
import { mul, type MulOp } from "./ops/mul.ts";
import { pad, type PadOp } from "./ops/pad.ts";
import { permute, type PermuteOp } from "./ops/permute.ts";
import { pool, type PoolOp } from "./ops/pool.ts";
import { resize, type ResizeOp } from "./ops/resize.ts";
import { prelu, type PreluOp } from "./ops/prelu.ts";
import { reshape, type ReshapeOp } from "./ops/reshape.ts";
import { responseNorm, type ResponseNormOp } from "./ops/response-norm.ts";
import { sampleNorm, type SampleNormOp } from "./ops/sample-norm.ts";
import { scale, type ScaleOp } from "./ops/scale.ts";
import { shift, type ShiftOp } from "./ops/shift.ts";
import { shuffle, type ShuffleOp } from "./ops/shuffle.ts";
import { slice, type SliceOp } from "./ops/slice.ts";
import { spaceToDepth, type SpaceToDepthOp } from "./ops/space-to-depth.ts";
import { squeeze, type SqueezeOp } from "./ops/squeeze.ts";
import { sub, type SubOp } from "./ops/sub.ts";
import type { Shape } from "./shape.ts";

/** All ops of a graph. Narrow the type by `op`. */
export type Op =
  | InputOp
  | ConvOp
  | ConvTransposeOp
  | DepthwiseOp
  | DenseOp
  | BatchNormOp
  | SampleNormOp
  | ResponseNormOp
  | ScaleOp
  | ShiftOp
  | ActivationOp
  | PreluOp
  | PoolOp
  | AdaptivePoolOp
  | GlobalPoolOp
  | DropoutOp
  | FlattenOp
  | SqueezeOp
  | ReshapeOp
  | PermuteOp
  | ShuffleOp
  | SliceOp
  | ResizeOp
  | DepthToSpaceOp
  | SpaceToDepthOp
  | PadOp
  | CropOp
  | AddOp
  | SubOp
  | MulOp
  | ConcatOp;

/** The name of an op. */
export type OpName = Op["op"];
/** The op with a given name. */
export type OpOf<N extends OpName> = Extract<Op, { readonly op: N }>;

/** The ops whose kernel and bias a batch norm can fold into, and that can carry an activation. */
export type LinearOp = ConvOp | ConvTransposeOp | DepthwiseOp | DenseOp;

/** What each op is: its shape rule, weights, multiply-adds, and how it is shown. */
export const opDefinitions: { readonly [N in OpName]: OpDefinition<OpOf<N>> } = {
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

function definitionOf(op: Op): OpDefinition<Op> {
  // The key of the table is the op's own name, but TypeScript cannot infer this through an index.
  return opDefinitions[op.op] as unknown as OpDefinition<Op>;
}

/** Returns the shape of an op's output, or why its inputs do not fit. */
export function inferShape(op: Op, inputs: readonly Shape[]): ShapeResult {
  return definitionOf(op).infer(op, inputs);
}

/** Returns the tensors that an op reads, with their shapes. */
export function weightSlots(op: Op, inputs: readonly Shape[]): readonly WeightSlot[] {
  return definitionOf(op).weights(op, inputs);
}

/** Returns the multiply-adds of an op on one image. */
export function multiplyAdds(op: Op, inputs: readonly Shape[], output: Shape): number {
  return definitionOf(op).macs(op, inputs, output);
}

/** Returns the settings of an op for a printed graph. */
export function opSettings(op: Op, known: KnownShapes): readonly string[] {
  return definitionOf(op).settings(op, known);
}

/** Returns an op in the words of a spec, such as `conv 3x3 32 stride=2`. */
export function opLabel(op: Op): string {
  return definitionOf(op).label(op);
}

/** Estimates the mean square of an op's output from the mean squares of its inputs. */
export function secondMomentAfter(op: Op, inputs: readonly number[]): number {
  return definitionOf(op).secondMoment(op, inputs);
}

export function isLinear(op: Op): op is LinearOp {
  return op.op === "conv" || op.op === "conv_transpose" || op.op === "depthwise" || op.op === "dense";
}

/**
 * Returns the op after its recipes are evaluated: it has its own kernel, it has a bias if the recipes gave one, and
 * nothing is folded or merged.
 */
export function withoutRecipes<N extends LinearOp>(node: N, bias: boolean): N {
  if (node.op === "dense") return { ...node, folded: [], bias };
  const own = { ...node, folded: [], merged: undefined, bias };
  return own.op === "conv" ? { ...own, stored: undefined } : own;
}

/** The branches whose sum the op computes. Empty for an op with its own kernel. */
export function mergedBranches(op: LinearOp): readonly MergedBranch[] {
  return canMerge(op) ? (op.merged ?? []) : [];
}

/** Tells whether an op can be the sum of merged branches. */
export function canMerge<O extends LinearOp>(op: O): op is O & (ConvOp | DepthwiseOp) {
  return op.op === "conv" || op.op === "depthwise";
}
