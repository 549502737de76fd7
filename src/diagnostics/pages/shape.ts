import type { ExplainPage } from "./page.ts";

export const shapePages = [
  {
    code: "shape/mismatch",
    title: "A shape other than the one stated",
    why: "-> states what comes out of a statement, and an op like squeeze states what may go in. A stride on the wrong row shows here first.",
    bad: `network N {\n  input image [32, 32, 3]\n  conv 3x3 8 stride=2 -> 32x32x8\n}\n`,
    good: `network N {\n  input image [32, 32, 3]\n  conv 3x3 8 stride=2 -> 16x16x8\n}\n`,
  },
  {
    code: "shape/rank",
    title: "A map where a vector is wanted, or the other way round",
    why: "dense works on a vector, windows slide over maps; flatten and squeeze lead from one to the other.",
    bad: `network N {\n  input image [32, 32, 3]\n  dense 10\n}\n`,
    good: `network N {\n  input image [32, 32, 3]\n  flatten\n  dense 10\n}\n`,
  },
  {
    code: "shape/collapse",
    title: "A window larger than the map",
    why: "Without padding a window has to lie on the map as a whole at least once.",
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
    code: "shape/groups",
    title: "Groups that do not divide the channels",
    why: "Each group takes an equal share of the input channels and makes an equal share of the filters. After a width multiplier this often stops holding.",
    bad: `network N {\n  input image [32, 32, 3]\n  conv 3x3 8 groups=2\n}\n`,
    good: `network N {\n  input image [32, 32, 4]\n  conv 3x3 8 groups=2\n}\n`,
  },
  {
    code: "shape/join",
    title: "Paths that do not fit together",
    why: "add wants equal shapes, mul also 1x1xC, concat equal maps. It is reported on the branch, with both shapes.",
    bad: `network N {\n  input image [32, 32, 3]\n  branch add {\n    path { }\n    path { conv 3x3 8 }\n  }\n}\n`,
    good: `network N {\n  input image [32, 32, 3]\n  branch add {\n    path { }\n    path { conv 3x3 3 }\n  }\n}\n`,
  },
  {
    code: "shape/slice",
    title: "A slice of channels that are not there",
    why: "slice from to keeps the channels from <= i < to.",
    bad: `network N {\n  input image [32, 32, 3]\n  slice 2 8\n}\n`,
    good: `network N {\n  input image [32, 32, 3]\n  slice 0 2\n}\n`,
  },
  {
    code: "residual/impossible",
    title: "A residual that cannot be added",
    why: "residual=always asks for the input to be added to the output, which needs a total stride of 1, equal channels and an unchanged map. auto adds it where that holds.",
    bad: `network N {\n  input image [32, 32, 3]\n  bottleneck 6 16 residual=always\n}\n`,
    good: `network N {\n  input image [32, 32, 16]\n  bottleneck 6 16 residual=always\n}\n`,
  },
  {
    code: "assert/failed",
    title: "A budget that does not hold",
    why: "assert states a budget in parameters, multiply-adds or bytes of live activations, or a shape, and is checked with the values of the params in force.",
    bad: `network N {\n  input image [32, 32, 3]\n  conv 3x3 8\n  assert params <= 100\n}\n`,
    good: `network N {\n  input image [32, 32, 3]\n  conv 3x3 8\n  assert params <= 300\n}\n`,
  },
] as const satisfies readonly ExplainPage[];
