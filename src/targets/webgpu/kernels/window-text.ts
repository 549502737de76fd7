import type { Pads, Pair } from "../../../ir/window.ts";

interface WindowedNode {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly pads: Pads;
}

/** Names a window: `3x3_stride2`, with a dilation and pads where there are any, so that different windows have different names. */
export function windowName({ kernel, stride, dilation, pads }: WindowedNode): string {
  const pair = ([a, b]: Pair) => (a === b ? String(a) : `${a}x${b}`);
  const parts = [kernel.join("x")];
  if (stride[0] !== 1 || stride[1] !== 1) parts.push(`stride${pair(stride)}`);
  if (dilation[0] !== 1 || dilation[1] !== 1) parts.push(`dilation${pair(dilation)}`);
  if (pads.some((pad) => pad > 0)) parts.push(`pad${pads.join("_")}`);
  return parts.join("_");
}

/** Writes the declarations that window kernels share. Pads and extents are signed, since a window may start left of the map. */
export function windowConstants(
  { kernel, stride, dilation, pads }: WindowedNode,
  input: { readonly h: number; readonly w: number },
  output: { readonly h: number; readonly w: number },
): readonly string[] {
  return [
    `const KERNEL_H = ${kernel[0]}u;`,
    `const KERNEL_W = ${kernel[1]}u;`,
    `const STRIDE_H = ${stride[0]}u;`,
    `const STRIDE_W = ${stride[1]}u;`,
    `const DILATION_H = ${dilation[0]}u;`,
    `const DILATION_W = ${dilation[1]}u;`,
    `const PAD_TOP = ${pads[0]};`,
    `const PAD_LEFT = ${pads[2]};`,
    `const IN_H = ${input.h};`,
    `const IN_W = ${input.w};`,
    `const OUT_W = ${output.w}u;`,
  ];
}
