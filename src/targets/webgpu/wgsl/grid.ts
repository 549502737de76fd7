import { WEBGPU_CORE } from "../schedule/limits.ts";

/** Invocations of a workgroup: two or one of a GPU's waves, and few enough that small maps still make several. */
const WORKGROUP = 64;

/** The invocations of a workgroup in each dimension, and the workgroups that cover the work. */
export interface Grid {
  readonly workgroupSize: readonly [number, number, number];
  readonly workgroups: readonly [number, number, number];
  /** Expression of the second coordinate. A count too big for one dimension goes on in z. */
  readonly second: string;
}

/** Returns the smallest power of two that is not below `count`, but at most `most`. */
export function powerOfTwoUpTo(count: number, most: number): number {
  let size = 1;
  while (size < count && size < most) size *= 2;
  return size;
}

/** Covers two coordinates. `first` is the fast one: neighbours in it read neighbours in memory. `second` may have any length. */
export function grid2(first: number, second: number, workgroup = WORKGROUP): Grid {
  const x = powerOfTwoUpTo(first, Math.min(16, workgroup));
  const y = Math.min(workgroup / x, powerOfTwoUpTo(second, workgroup));
  const rows = Math.ceil(second / y);
  const most = WEBGPU_CORE.maxComputeWorkgroupsPerDimension;
  const layers = Math.ceil(rows / most);
  const perLayer = Math.ceil(rows / layers);
  return {
    workgroupSize: [x, y, 1],
    workgroups: [Math.ceil(first / x), perLayer, layers],
    second: layers === 1 ? "id.y" : `id.z * ${perLayer * y}u + id.y`,
  };
}

/** Covers three coordinates, each within one dimension's workgroups. */
export function grid3(first: number, second: number, third: number): Grid {
  const { workgroupSize } = grid2(first, second);
  return {
    workgroupSize,
    workgroups: [Math.ceil(first / workgroupSize[0]), Math.ceil(second / workgroupSize[1]), third],
    second: "id.y",
  };
}

/** Covers one coordinate of any length. */
export function grid1(count: number): Grid & { readonly index: string } {
  const groups = Math.ceil(count / WORKGROUP);
  const most = WEBGPU_CORE.maxComputeWorkgroupsPerDimension;
  const rows = Math.ceil(groups / most);
  const perRow = Math.ceil(groups / rows);
  return {
    workgroupSize: [WORKGROUP, 1, 1],
    workgroups: [perRow, rows, 1],
    second: "id.y",
    index: rows === 1 ? "id.x" : `id.y * ${perRow * WORKGROUP}u + id.x`,
  };
}
