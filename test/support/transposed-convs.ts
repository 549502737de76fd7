import type { ConvOptions } from "./graph-builder.ts";

/**
 * Transposed convs with every kind of padding and output padding, and with strides and dilations that do or do not
 * divide each other.
 */
export const transposedConvs: readonly (readonly [string, ConvOptions])[] = [
  ["2x2, stride 2", { kernel: 2, stride: 2 }],
  ["3x3, stride 2, same", { stride: 2 }],
  ["4x4, stride 2, torch", { kernel: 4, stride: 2, padding: "torch" }],
  ["3x3, stride 2, torch, output padding", { stride: 2, padding: "torch", outputPadding: [1, 1] }],
  ["3x2, stride 2x3, valid", { kernel: [3, 2], stride: [2, 3], padding: "valid" }],
  ["1x1, stride 3, same", { kernel: 1, stride: 3 }],
  ["1x1, stride 3, torch, output padding", { kernel: 1, stride: 3, padding: "torch", outputPadding: [2, 1] }],
  ["5x5, stride 1", { kernel: 5 }],
  ["cuts of its own", { kernel: 4, stride: 2, padding: [3, 0, 1, 4] }],
  ["cuts beyond the kernel", { kernel: 2, stride: 2, padding: [3, 2, 0, 4] }],
  ["dilation 2", { dilation: 2, padding: "torch" }],
  ["dilation 2x3, stride 2", { stride: 2, dilation: [2, 3], padding: "torch" }],
  ["dilation 3, output padding above the stride", { dilation: 3, padding: "valid", outputPadding: [2, 1] }],
  ["stride 2, dilation 4, output padding", { stride: 2, dilation: 4, padding: "torch", outputPadding: [3, 1] }],
  ["no bias", { stride: 2, bias: false }],
];
