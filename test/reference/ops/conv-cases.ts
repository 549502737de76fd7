import type { Padding, Pair } from "../../../src/ir/window.ts";

/** Windows that programs have got wrong: odd extents, strides over the edge, dilation, every padding, uneven pads. */
export const windowCases: readonly {
  readonly name: string;
  readonly extents: Pair;
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly padding: Padding;
}[] = [
  { name: "1x1", extents: [3, 5], kernel: [1, 1], stride: [1, 1], dilation: [1, 1], padding: "same" },
  { name: "3x3 same", extents: [5, 7], kernel: [3, 3], stride: [1, 1], dilation: [1, 1], padding: "same" },
  {
    name: "3x3 same, stride 2, odd",
    extents: [7, 5],
    kernel: [3, 3],
    stride: [2, 2],
    dilation: [1, 1],
    padding: "same",
  },
  {
    name: "3x3 same, stride 2, even",
    extents: [8, 6],
    kernel: [3, 3],
    stride: [2, 2],
    dilation: [1, 1],
    padding: "same",
  },
  {
    name: "3x3 torch, stride 2, even",
    extents: [8, 6],
    kernel: [3, 3],
    stride: [2, 2],
    dilation: [1, 1],
    padding: "torch",
  },
  { name: "5x5 same, stride 3", extents: [11, 10], kernel: [5, 5], stride: [3, 3], dilation: [1, 1], padding: "same" },
  { name: "3x3 valid, stride 3", extents: [10, 9], kernel: [3, 3], stride: [3, 3], dilation: [1, 1], padding: "valid" },
  { name: "3x3 same, dilation 2", extents: [7, 9], kernel: [3, 3], stride: [1, 1], dilation: [2, 2], padding: "same" },
  {
    name: "3x3 torch, dilation 3x2, stride 2",
    extents: [9, 8],
    kernel: [3, 3],
    stride: [2, 2],
    dilation: [3, 2],
    padding: "torch",
  },
  { name: "5x1 same, stride 1x2", extents: [6, 7], kernel: [5, 1], stride: [1, 2], dilation: [1, 1], padding: "same" },
  {
    name: "3x2, pads 2 0 0 1",
    extents: [5, 4],
    kernel: [3, 2],
    stride: [2, 1],
    dilation: [1, 1],
    padding: [2, 0, 0, 1],
  },
  { name: "7x7 same on 2x3", extents: [2, 3], kernel: [7, 7], stride: [1, 1], dilation: [1, 1], padding: "same" },
  {
    name: "stride larger than kernel",
    extents: [9, 9],
    kernel: [1, 1],
    stride: [2, 3],
    dilation: [1, 1],
    padding: "same",
  },
];
