import type * as z from "zod";
import type { Initializer } from "./initializer.ts";
import type { Shape } from "./shape.ts";
import type { Pads } from "./window.ts";

/** A tensor the op reads from the weight store, named `<node path>/<name>`. */
export interface WeightSlot {
  readonly name: "kernel" | "bias" | "gamma" | "beta" | "mean" | "variance" | "alpha";
  /** Kernels are HWIO, depthwise HWIM, dense IO; all others are vectors. */
  readonly shape: Shape;
  readonly trainable: boolean;
  readonly init: Initializer;
}

/** The reason why a shape rule rejects its inputs, as a diagnostic without its place. */
export interface ShapeProblem {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export type ShapeResult =
  { readonly shape: Shape; readonly pads: Pads | null; readonly problem?: never } | { readonly problem: ShapeProblem };

/** The definition of one op. Each op has a file under `ops/`. */
export interface OpDefinition<O extends { readonly op: string }> {
  readonly schema: z.ZodType<O>;
  /**
   * Returns the output shape for the input shapes. For an op with a window, also returns the padding as four numbers.
   */
  readonly infer: (op: O, inputs: readonly Shape[]) => ShapeResult;
  /** Returns the tensors that the op reads, given its input shapes. */
  readonly weights: (op: O, inputs: readonly Shape[]) => readonly WeightSlot[];
  /**
   * Returns the multiply-adds for one image. Only convs and dense layers have any: bias, norm, activation, pooling and
   * element-wise ops count as 0.
   */
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

/** For ops that do not multiply by a weight. */
export const noMacs = (): number => 0;
