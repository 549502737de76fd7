import { expect, test } from "vitest";
import { compareRuns } from "../../../src/playground/run/compare-runs.ts";

const ours = { title: "mnet", output: [1, 2, 4], milliseconds: [2, 1, 30] };

test("medians, their ratio, and the largest difference", () => {
  const comparison = compareRuns(ours, { title: "tf.js", output: [1, 2.001, 4], milliseconds: [9, 5, 4] });
  expect(comparison.ratio).toBe(2.5);
  expect(comparison.sides).toEqual([
    { title: "mnet", median: 2, fastest: 1, runs: 3 },
    { title: "tf.js", median: 5, fastest: 4, runs: 3 },
  ]);
  expect(comparison.difference.absolute).toBeCloseTo(0.001);
  expect(comparison.difference.relative).toBeCloseTo(0.00025);
  expect(comparison.disagreement).toBeNull();
  expect(comparison.sentence).toBe("tf.js took 5.00 ms and mnet 2.00 ms: 2.50 times as long.");
});

test("says that the other side is faster if it is", () => {
  const { sentence } = compareRuns(ours, { title: "tf.js", output: [1, 2, 4], milliseconds: [1] });
  expect(sentence).toBe("tf.js took 1.00 ms and mnet 2.00 ms: 2.00 times as fast.");
});

test("the same time is the same", () => {
  const { sentence } = compareRuns(ours, { title: "tf.js", output: [1, 2, 4], milliseconds: [2.001] });
  expect(sentence).toBe("tf.js took 2.00 ms and mnet 2.00 ms: the same.");
});

test("other numbers, missing ones and what is no number disagree", () => {
  const disagreement = (output: readonly number[]) =>
    compareRuns(ours, { title: "tf.js", output, milliseconds: [1] }).disagreement;
  expect(disagreement([1, 2, 4.1])).toMatch(/^Element 2 is 4\.1, expected 4/);
  expect(disagreement([1, 2])).toBe("Expected 3 values, found 2.");
  expect(disagreement([1, NaN, 4])).toBe("Element 1 is NaN, expected 2.");
});
