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
  /** Returns the settings of the op for a printed graph, a text each. Leaves out those that have their usual value. */
  readonly settings: (op: O, known: KnownShapes) => readonly string[];
  /** Returns the op in the words of a spec, for a drawing, such as `conv 3x3 32 stride=2`. */
  readonly label: (op: O) => string;
  /** The kind of work, which a drawing shows by colour. */
  readonly work: OpWork;
  /**
   * Estimates the mean square of the output from the mean squares of the inputs, correct to a small factor. Random weights use it to keep values
   * from shrinking or growing through a network.
   */
  readonly secondMoment: (op: O, inputs: readonly number[]) => number;
}

/** What a printed graph knows of a node after shapes are inferred. */
export interface KnownShapes {
  /** The shapes of all inputs, or null before they are inferred. */
  readonly inputs: readonly Shape[] | null;
  /** The padding as four numbers, if the op has a window and its shape is inferred. */
  readonly pads: Pads | undefined;
}

/** The kinds of work. A drawing gives costly ones the strongest colours. */
export type OpWork = "conv" | "depthwise" | "dense" | "pool" | "shape" | "join" | "terminal";

export function shaped(shape: Shape, pads: Pads | null = null): ShapeResult {
  return { shape, pads };
}

export function refused(code: string, message: string, hint: string): ShapeResult {
  return { problem: { code, message, hint } };
}

/** The weights of an op without weights: none. */
export const noWeights = (): readonly WeightSlot[] => [];

/** The multiply-adds of an op that does not multiply by a weight: 0. */
export const noMacs = (): number => 0;

/** For ops without settings. */
export const noSettings = (): readonly string[] => [];

/** For ops that a spec writes as one word, their name. */
export const ownName = ({ op }: { readonly op: string }): string => op;

/** For ops that only move or copy values. */
export const sameMoment = (_op: unknown, [first = 1]: readonly number[]): number => first;
