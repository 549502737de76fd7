import type { LinearNode } from "./bind.ts";
import type { Shape } from "../ir/shape.ts";

/** How many inputs an output sums over, and how many outputs an input reaches. */
export interface Fans {
  readonly in: number;
  readonly out: number;
}

/**
 * Fans of a kernel. A depthwise output sums over its own channel only, so its true fan-in is kh * kw. Keras reads the
 * HWIM shape as if it were HWIO and takes kh * kw * c, which makes he_normal too small by sqrt(c): activations would
 * fade with each depthwise layer. He et al. 2015 counts the connections of a response, and so does this.
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
