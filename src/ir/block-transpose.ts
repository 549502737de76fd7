import type { BlockOrder } from "./ops/depth-to-space.ts";
import { mapOf, type Shape } from "./shape.ts";

/** An op that moves blocks between pixels and channels. */
interface BlockMove {
  readonly op: "depth_to_space" | "space_to_depth";
  readonly blockSize: number;
  readonly order: BlockOrder;
}

/** A move of blocks as a transposition of five axes. */
interface BlockTranspose {
  /**
   * The shape to which the input is reshaped. The first axis, -1, combines the axes that the transposition does not
   * change.
   */
  readonly split: readonly number[];
  readonly permutation: readonly number[];
}

/** Returns shapes and axes for a block move as a reshape, a transposition and a second reshape of an NHWC value. */
export function blockTranspose({ op, blockSize: block, order }: BlockMove, input: Shape): BlockTranspose {
  const { w, c } = mapOf(input);
  if (op === "space_to_depth") {
    const split = [-1, block, w / block, block, c];
    return { split, permutation: order === "tensorflow" ? [0, 2, 1, 3, 4] : [0, 2, 4, 1, 3] };
  }
  const rest = c / (block * block);
  return order === "tensorflow"
    ? { split: [-1, w, block, block, rest], permutation: [0, 2, 1, 3, 4] }
    : { split: [-1, w, rest, block, block], permutation: [0, 3, 1, 4, 2] };
}
