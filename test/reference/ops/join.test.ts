import { expect, it } from "vitest";
import { counting, runOp, value } from "../run-op.ts";

it("adds two or more values", () => {
  const inputs = [counting([1, 2, 2]), counting([1, 2, 2]), value([1, 2, 2], [100, 200, 300, NaN])];
  expect([...runOp({ op: "add" }, inputs).data]).toEqual([102, 204, 306, NaN]);
});

it("multiplies values of one shape", () => {
  expect([...runOp({ op: "mul" }, [counting([3]), value([3], [2, NaN, -1])]).data]).toEqual([2, NaN, -3]);
});

it("scales every pixel's channels by a 1x1xC value, on either side", () => {
  const map = counting([2, 2, 2]);
  const gate = value([1, 1, 2], [10, -1]);
  const expected = [10, -2, 30, -4, 50, -6, 70, -8];
  expect([...runOp({ op: "mul" }, [map, gate]).data]).toEqual(expected);
  expect([...runOp({ op: "mul" }, [gate, map]).data]).toEqual(expected);
  expect([...runOp({ op: "mul" }, [gate, map, gate]).data]).toEqual([100, 2, 300, 4, 500, 6, 700, 8]);
});

it("never writes to an input", () => {
  const map = counting([1, 1, 2]);
  runOp({ op: "add" }, [map, map]);
  runOp({ op: "mul" }, [map, map]);
  expect([...map.data]).toEqual([1, 2]);
});
