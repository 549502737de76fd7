import { effectiveKernel, type Padding, type Pads, type Pair } from "./window.ts";

/** The windows of a transposed conv: each pixel of the input adds one to the output. */
interface SpreadWindow {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly padding: Padding;
  readonly outputPadding: Pair;
}

/**
 * Returns the output extent along one axis and the cuts on both sides. The extent is that of all windows together,
 * less the cuts. Output padding reduces the cut after the last window.
 */
function spreadAxis(window: SpreadWindow, axis: 0 | 1, extent: number) {
  const { padding } = window;
  const stride = window.stride[axis];
  const covered = effectiveKernel(window.kernel[axis], window.dilation[axis]);
  const whole = (extent - 1) * stride + covered;
  if (padding === "same") {
    const cut = Math.max(0, covered - stride);
    const before = Math.floor(cut / 2);
    return { out: extent * stride, before, after: cut - before };
  }
  let before = 0;
  let after = 0;
  if (padding === "torch") {
    before = Math.floor((covered - 1) / 2);
    after = before;
  } else if (padding !== "valid") {
    before = padding[axis * 2] ?? 0;
    after = padding[axis * 2 + 1] ?? 0;
  }
  const added = window.outputPadding[axis];
  return { out: whole - before - after + added, before, after: Math.max(0, after - added) };
}

/**
 * Returns the output extents of a transposed conv over an `h` x `w` map, and what is cut on each side. An extent is
 * (extent - 1) * stride + dilation * (k - 1) + 1, less the cuts, and the output padding; with TensorFlow's `same` it is extent * stride.
 */
export function spread(window: SpreadWindow, h: number, w: number): { h: number; w: number; cuts: Pads } {
  const rows = spreadAxis(window, 0, h);
  const columns = spreadAxis(window, 1, w);
  return { h: rows.out, w: columns.out, cuts: [rows.before, rows.after, columns.before, columns.after] };
}

/** A transposed conv whose shape and cuts are known. */
interface SpreadNode {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly pads: Pads;
  readonly shape: readonly number[];
}

/** Returns the rows and columns of the output that lie after all windows. */
export function rowsAdded(node: SpreadNode, input: readonly number[]): readonly [number, number] {
  const along = (axis: 0 | 1): number => {
    const covered = effectiveKernel(node.kernel[axis], node.dilation[axis]);
    const whole = ((input[axis] ?? 1) - 1) * node.stride[axis] + covered;
    return (node.shape[axis] ?? 0) - (whole - node.pads[axis * 2]! - node.pads[axis * 2 + 1]!);
  };
  return [along(0), along(1)];
}
