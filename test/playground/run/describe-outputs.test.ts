import { expect, test } from "vitest";
import { describeOutputs } from "../../../src/playground/run/describe-outputs.ts";

test("probabilities are percent, by the classes' names", () => {
  const output = Float32Array.of(0.125, 0.625, 0.25);
  expect(describeOutputs(new Map([["output", output]]), ["cat", "dog"], 2)).toEqual([
    {
      name: "output",
      count: 3,
      top: [
        { label: "dog", value: "62.5 %", share: 0.625 },
        { label: "#2", value: "25.0 %", share: 0.25 },
      ],
      summary: "3 probabilities",
      notFinite: 0,
    },
  ]);
});

test("other numbers have bars from the least to the largest, and labels are of output alone", () => {
  const [first, second] = describeOutputs(
    new Map([
      ["output", Float32Array.of(-1, 3)],
      ["features", Float32Array.of(2, 1, 0, -2)],
    ]),
    ["cat", "dog"],
  );
  expect(first?.top).toEqual([
    { label: "dog", value: "3", share: 1 },
    { label: "cat", value: "-1", share: 0 },
  ]);
  expect(second?.top.map(({ label, share }) => [label, share])).toEqual([
    ["#0", 1],
    ["#1", 0.75],
    ["#2", 0.5],
    ["#3", 0],
  ]);
  expect(second?.summary).toBe("4 values from -2 to 2, mean 0.25");
});

test("what is no number is counted and never shown as the best", () => {
  const [view] = describeOutputs(new Map([["output", Float32Array.of(NaN, 1, Infinity)]]), null);
  expect(view?.notFinite).toBe(2);
  expect(view?.top.map(({ label }) => label)).toEqual(["#2", "#1"]);
});

test("equal values have empty bars", () => {
  const [view] = describeOutputs(new Map([["output", Float32Array.of(2, 2)]]), null);
  expect(view?.top.map(({ share }) => share)).toEqual([0, 0]);
});
