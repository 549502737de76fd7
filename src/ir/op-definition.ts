import type * as z from "zod";
import type { Initializer } from "./initializer.ts";
import type { Shape } from "./shape.ts";
import type { Pads } from "./window.ts";

/** A tensor the op reads from the weight store, named `<node path>/<name>`. */
export interface WeightSlot {
  readonly name: "kernel" | "bias" | "gamma" | "beta" | "mean" | "variance";
  /** Kernels are HWIO, depthwise HWIM, dense IO; all others are vectors. */
  readonly shape: Shape;
  readonly trainable: boolean;
  readonly init: Initializer;
}

/** Why a shape rule refuses its inputs: the parts of a diagnostic without its place. */
export interface ShapeProblem {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export type ShapeResult =
  { readonly shape: Shape; readonly pads: Pads | null; readonly problem?: never } | { readonly problem: ShapeProblem };

/** What the compiler knows of one op; one file each under `ops/`. */
export interface OpDefinition<O extends { readonly op: string }> {
  readonly schema: z.ZodType<O>;
  /** Output shape from input shapes, with padding resolved to four numbers for windowed ops. */
  readonly infer: (op: O, inputs: readonly Shape[]) => ShapeResult;
  /** The tensors the op reads, given the shapes it is fed. */
  readonly weights: (op: O, inputs: readonly Shape[]) => readonly WeightSlot[];
  /** Multiply-adds of one image: convs and dense only, no bias, norm, activation, pooling or element-wise op. */
  readonly macs: (op: O, inputs: readonly Shape[], output: Shape) => number;
}

export function shaped(shape: Shape, pads: Pads | null = null): ShapeResult {
  return { shape, pads };
}

export function refused(code: string, message: string, hint: string): ShapeResult {
  return { problem: { code, message, hint } };
}

/** For ops without weights. */
export const noWeights = (): readonly WeightSlot[] => [];

/** For ops that multiply nothing by a weight. */
export const noMacs = (): number => 0;
