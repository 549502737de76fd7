import type { Shape } from "../ir/shape.ts";

/** A named float32 weight, row-major. Kernels are HWIO, depthwise HWIM, dense IO. */
export interface WeightTensor {
  readonly name: string;
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** Weights by name (`stem/kernel`), in the network's order. */
export type WeightStore = ReadonlyMap<string, WeightTensor>;
