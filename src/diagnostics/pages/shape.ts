import type { ExplainPage } from "./page.ts";

export const shapePages = [
  {
    code: "shape/mismatch",
    title: "A shape other than the one stated",
    why: "An arrow -> states the output shape of a statement, and an op like squeeze states its input shape. A stride on the wrong row shows here first.",
    bad: `network N {\n  input image [32, 32, 3]\n  conv 3x3 8 stride=2 -> 32x32x8\n}\n`,
    good: `network N {\n  input image [32, 32, 3]\n  conv 3x3 8 stride=2 -> 16x16x8\n}\n`,
  },
  {
    code: "shape/rank",
    title: "A map where a vector is expected, or a vector where a map is",
    why: "dense reads a vector, and windows slide over maps. flatten and squeeze turn a map into a vector.",
    bad: `network N {\n  input image [32, 32, 3]\n  dense 10\n}\n`,
    good: `network N {\n  input image [32, 32, 3]\n  flatten\n  dense 10\n}\n`,
  },
  {
    code: "shape/collapse",
    title: "A window larger than the map",
    why: "Without padding, the whole window has to fit on the map at least once.",
    bad: `network N {\n  input image [4, 4, 3]\n  conv 5x5 8 padding=valid\n}\n`,
    good: `network N {\n  input image [4, 4, 3]\n  conv 5x5 8 padding=same\n}\n`,
  },
  {
    code: "shape/padding",
    title: "A pool that sees padding and nothing else",
    why: "Pools do not count padding, so a window that lies on padding alone has neither an average nor a maximum.",
    bad: `network N {\n  input image [4, 4, 3]\n  pool avg 2 padding=[2, 0, 0, 0]\n}\n`,
    good: `network N {\n  input image [4, 4, 3]\n  pool avg 2 padding=[1, 0, 0, 0]\n}\n`,
  },
  {
    code: "shape/block",
    title: "A block that does not divide the map or its channels",
    why: "depth_to_space 2 makes four pixels of each pixel's channels, and space_to_depth 2 one pixel of four. Neither leaves a rest.",
    bad: `network N {\n  input image [32, 32, 3]\n  depth_to_space 2\n}\n`,
    good: `network N {\n  input image [32, 32, 3]\n  conv 1x1 12\n  depth_to_space 2\n}\n`,
  },
  {
    code: "shape/groups",
    title: "Groups that do not divide the channels",
    why: "Each group takes an equal share of the input channels and makes an equal share of the filters. With a width multiplier the channels often have no equal shares.",
    bad: `network N {\n  input image [32, 32, 3]\n  conv 3x3 8 groups=2\n}\n`,
    good: `network N {\n  input image [32, 32, 4]\n  conv 3x3 8 groups=2\n}\n`,
  },
  {
    code: "shape/join",
    title: "Paths that do not fit together",
    why: "add takes equal shapes, mul also 1x1xC beside a map, and concat maps of equal height and width. The finding stands on the branch and has both shapes.",
    bad: `network N {\n  input image [32, 32, 3]\n  branch add {\n    path { }\n    path { conv 3x3 8 }\n  }\n}\n`,
    good: `network N {\n  input image [32, 32, 3]\n  branch add {\n    path { }\n    path { conv 3x3 3 }\n  }\n}\n`,
  },
  {
    code: "shape/slice",
    title: "A slice of channels that do not exist",
    why: "slice FROM TO keeps the channels i with FROM <= i < TO.",
    bad: `network N {\n  input image [32, 32, 3]\n  slice 2 8\n}\n`,
    good: `network N {\n  input image [32, 32, 3]\n  slice 0 2\n}\n`,
  },
  {
    code: "residual/impossible",
    title: "A residual that cannot be added",
    why: "residual=always adds the block's input to its output, which needs a total stride of 1, equal channels and an unchanged map. auto adds it only if that holds.",
    bad: `network N {\n  input image [32, 32, 3]\n  bottleneck 6 16 residual=always\n}\n`,
    good: `network N {\n  input image [32, 32, 16]\n  bottleneck 6 16 residual=always\n}\n`,
  },
  {
    code: "assert/failed",
    title: "A budget that does not hold",
    why: "An assert states a budget of parameters, multiply-adds or bytes of live activations, or a shape. It is checked with the present values of the params.",
    bad: `network N {\n  input image [32, 32, 3]\n  conv 3x3 8\n  assert params <= 100\n}\n`,
    good: `network N {\n  input image [32, 32, 3]\n  conv 3x3 8\n  assert params <= 300\n}\n`,
  },
] as const satisfies readonly ExplainPage[];
