import type { Pads, Pair } from "../../ir/window.ts";
import type { LinearBranch } from "./linear-branch.ts";

/** One window that covers those of all branches. */
export interface MergedWindow {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly pads: Pads;
  /** Of each branch, the row and the column of its first tap. */
  readonly at: readonly (readonly [number, number])[];
}

interface Axis {
  readonly taps: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  readonly at: readonly number[];
}

/** Null where the strides differ or no grid of taps holds all kernels. */
export function mergeWindows(branches: readonly LinearBranch[]): MergedWindow | null {
  const rows = mergeAxis(branches, 0);
  const columns = mergeAxis(branches, 1);
  const [first] = branches;
  if (rows === null || columns === null || first === undefined) return null;
  return {
    kernel: [rows.taps, columns.taps],
    stride: first.stride,
    dilation: [rows.dilation, columns.dilation],
    pads: [rows.before, rows.after, columns.before, columns.after],
    at: rows.at.map((row, i) => [row, columns.at[i] ?? 0]),
  };
}

/**
 * Tap t of a branch reads the pixel t * dilation - before from where its window stands. The merged window begins with the branch that
 * looks furthest back and ends with the one that looks furthest on, whose padding it takes there: the number of windows stays.
 */
function mergeAxis(branches: readonly LinearBranch[], axis: 0 | 1): Axis | null {
  const dilation = Math.max(...branches.map((branch) => (branch.kernel[axis] > 1 ? branch.dilation[axis] : 1)));
  const before = Math.max(...branches.map(({ pads }) => pads[axis * 2] ?? 0));
  const stride = branches[0]?.stride[axis];
  const at: number[] = [];
  let taps = 0;
  let end = -Infinity;
  let after = 0;
  for (const branch of branches) {
    const size = branch.kernel[axis];
    const own = branch.pads[axis * 2] ?? 0;
    if (branch.stride[axis] !== stride || (size > 1 && branch.dilation[axis] !== dilation)) return null;
    const first = (before - own) / dilation;
    if (!Number.isInteger(first)) return null;
    at.push(first);
    taps = Math.max(taps, first + size);
    const last = (size - 1) * dilation - own;
    if (last > end) {
      end = last;
      after = branch.pads[axis * 2 + 1] ?? 0;
    }
  }
  return { taps, dilation, before, after, at };
}
