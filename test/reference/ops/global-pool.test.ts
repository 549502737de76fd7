import { expect, it } from "vitest";
import { runOp, value } from "../run-op.ts";

const input = value([1, 3, 2], [1, -9, 2, -8, 6, -7]);

it("takes each channel's mean and maximum", () => {
  const mean = runOp({ op: "global_pool", mode: "avg" }, [input]);
  expect(mean.shape).toEqual([1, 1, 2]);
  expect([...mean.data]).toEqual([3, -8]);
  expect([...runOp({ op: "global_pool", mode: "max" }, [input]).data]).toEqual([6, -7]);
});

it("keeps a NaN to its own channel", () => {
  const hurt = value([1, 2, 2], [NaN, 1, 5, 3]);
  expect([...runOp({ op: "global_pool", mode: "max" }, [hurt]).data]).toEqual([NaN, 3]);
  expect([...runOp({ op: "global_pool", mode: "avg" }, [hurt]).data]).toEqual([NaN, 2]);
});
