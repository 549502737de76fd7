import { expect, test } from "vitest";
import { dispatchRows } from "../../../src/playground/run/dispatch-rows.ts";

const stem = { line: 3, text: "stem: conv 3x3 16" };
const row = { line: 7, text: "| 4 | 24 | 2 | 2 |" };
const lines = new Map([
  ["stem", stem],
  ["b1/expand", row],
  ["b1/project", row],
  ["b2/expand", row],
]);
const dispatches = [
  { layers: ["stem"], kernel: "kernels/conv_1.wgsl", milliseconds: 1 },
  { layers: ["b1/expand", "b1/project"], kernel: "kernels/inverted.wgsl", milliseconds: 2 },
  { layers: ["stem", "b2/expand"], kernel: "kernels/conv_2.wgsl", milliseconds: 4 },
  { layers: ["b2/expand"], kernel: "kernels/inverted.wgsl", milliseconds: 1 },
  { layers: ["head"], kernel: "kernels/dense.wgsl", milliseconds: 0 },
];

test("each dispatch in the order of the run", () => {
  const rows = dispatchRows(dispatches, lines, { grouping: "dispatch", order: "run" });
  expect(rows.map(({ order, lines: at, share }) => [order, at.map(({ line }) => line), share])).toEqual([
    [1, [3], 0.125],
    [2, [7], 0.25],
    [3, [3, 7], 0.5],
    [4, [7], 0.125],
    [5, [], 0],
  ]);
  expect(rows[1]).toEqual({
    order: 2,
    lines: [row],
    layers: ["b1/expand", "b1/project"],
    kernels: ["inverted"],
    milliseconds: 2,
    share: 0.25,
  });
});

test("slowest first, ties in the order of the run", () => {
  const rows = dispatchRows(dispatches, lines, { grouping: "dispatch", order: "time" });
  expect(rows.map(({ order }) => order)).toEqual([3, 2, 1, 4, 5]);
});

test("by line, dispatches of the same lines are one row", () => {
  const rows = dispatchRows(dispatches, lines, { grouping: "line", order: "run" });
  expect(rows.map(({ order, lines: at, milliseconds }) => [order, at.map(({ line }) => line), milliseconds])).toEqual([
    [1, [3], 1],
    [2, [7], 3],
    [3, [3, 7], 4],
    [5, [], 0],
  ]);
  expect(rows[1]).toMatchObject({ layers: ["b1/expand", "b1/project", "b2/expand"], kernels: ["inverted"] });
  expect(rows.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
});

test("times too short to see have no share", () => {
  const [only] = dispatchRows([{ layers: ["a"], kernel: "k", milliseconds: 0 }], new Map(), {
    grouping: "line",
    order: "time",
  });
  expect(only?.share).toBe(0);
});
