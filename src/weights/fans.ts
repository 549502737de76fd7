import type { LinearNode } from "./bind.ts";
import type { Shape } from "../ir/shape.ts";

/** The fan-in (inputs of one output) and the fan-out (outputs that one input contributes to). */
export interface Fans {
  readonly in: number;
  readonly out: number;
}

/**
 * Fans of a kernel. A depthwise output sums over its own channel only, so its true fan-in is kh * kw. Keras reads the
 * HWIM shape as if it were HWIO and takes kh * kw * c, which makes he_normal too small by a factor of sqrt(c), so that
 * activations shrink with each depthwise layer. This function counts the connections of one output, as He et al. 2015
 * do.
 */
export function kernelFans(op: LinearNode["op"], kernelShape: Shape, groups: number): Fans {
  const [first = 1, second = 1, third = 1, last = 1] = kernelShape;
  switch (op) {
    case "conv":
    case "conv_transpose":
      return { in: first * second * third, out: (first * second * last) / groups };
    case "depthwise":
      return { in: first * second, out: first * second * last };
    case "dense":
      return { in: first, out: second };
  }
}
