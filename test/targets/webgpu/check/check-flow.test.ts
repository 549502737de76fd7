import { describe, expect, test } from "vitest";
import { checkPlan } from "../../../../src/targets/webgpu/check/check-plan.ts";
import { WEBGPU_CORE } from "../../../../src/targets/webgpu/schedule/limits.ts";
import { randomWeights } from "../../../../src/weights/random-weights.ts";
import { graphBuilder } from "../../../support/graph-builder.ts";
import { changedPlan, emitChecked, planOf } from "../../../support/gpu-run.ts";

type Damage = Parameters<typeof changedPlan>[1];

/** stem 8, then three parts of 8, 4 and 4 channels: the first two are read as one by a norm before the third is written. */
const builder = graphBuilder("flow", [6, 6, 4]);
const part = (path: string, from: number, filters: number) => builder.conv(path, from, filters, { kernel: 3 });
const pair = builder.push("pair", { op: "concat" }, [part("a", builder.input, 8), part("b", builder.input, 4)]);
const seen = builder.act("seen", builder.norm("seen", pair), "relu");
const whole = builder.push("whole", { op: "concat" }, [pair, part("c", seen, 4)]);
const graph = builder.shaped(builder.conv("last", whole, 4));
const plan = planOf(emitChecked(graph, randomWeights(graph, 1)));
const problemsOf = (damage: Damage) => checkPlan(changedPlan(plan, damage), WEBGPU_CORE).join("\n");

test("parts side by side are legal", () => {
  expect(plan.dispatches.map(({ layers, output: { within } }) => [layers[0], within])).toEqual([
    ["a", { first: 0, channels: 8, of: 16 }],
    ["b", { first: 8, channels: 4, of: 16 }],
    ["seen/norm", undefined],
    ["c", { first: 12, channels: 4, of: 16 }],
    ["last", undefined],
  ]);
  expect(plan.joins).toEqual([
    { value: 6, path: "pair", parts: [1, 2] },
    { value: 7, path: "whole", parts: [6, 4] },
  ]);
  expect(plan.dispatches[2]?.inputs[0]).toMatchObject({ value: 6, within: { first: 0, channels: 12, of: 16 } });
  expect(plan.dispatches[4]?.inputs[0]).toMatchObject({ value: 7 });
  expect(problemsOf(() => undefined)).toBe("");
});

describe("caught is", () => {
  test.each<readonly [string, Damage, RegExp]>([
    [
      "a part over another",
      (draft) => (draft.dispatches[1]!.output.within!.first = 4),
      /reads value 1, which is not in memory/,
    ],
    [
      "a part that leaves channels out",
      (draft) => (draft.dispatches[3]!.output.within!.first = 13),
      /reads value 4 as channels from 12 on, and it is channels 13 to 17 of 16/,
    ],
    [
      "a part of another map",
      (draft) => (draft.dispatches[3]!.output.within!.of = 32),
      /Dispatch 3 .* has \d+ bytes for 1152 values of f32/,
    ],
    [
      "a part that is missing",
      (draft) => (draft.joins[1]!.parts = [6]),
      /reads value 7 up to channel 16, and its parts end at 12/,
    ],
    [
      "parts in another order",
      (draft) => (draft.joins[1]!.parts = [4, 6]),
      /reads value 4 as channels from 0 on, and it is channels 12 to 16 of 16/,
    ],
    [
      "a whole that is read too early",
      (draft) => (draft.dispatches[2]!.inputs[0]!.value = 7),
      /reads value 4, which is not in memory: not yet written/,
    ],
    [
      "a part read as the whole",
      (draft) => delete draft.dispatches[2]!.inputs[0]!.within,
      /reads value 6 up to channel 16, and its parts end at 12/,
    ],
    [
      "the whole read as a part",
      (draft) => (draft.dispatches[4]!.inputs[0]!.within = { first: 0, channels: 8, of: 16 }),
      /reads value 7 up to channel 8, and its parts end at 16/,
    ],
    [
      "one part read as if it lay alone",
      (draft) => Object.assign(draft.dispatches[4]!.inputs[0]!, { value: 4 }),
      /reads value 4 as all channels, and it is channels 12 to 16 of 16/,
    ],
    [
      "a part in another place",
      (draft) => (draft.dispatches[1]!.output.offset += 2304),
      /reads value 2 at bytes 0 to 2304 of buffer \d, and it lies at bytes 2304 to 4608/,
    ],
    [
      "another value over a part",
      (draft) => {
        const { buffer, offset } = draft.dispatches[0]!.output;
        Object.assign(draft.dispatches[2]!.output, { buffer, offset });
      },
      /reads value 1, which is not in memory: not yet written, or overwritten/,
    ],
    [
      "a map that is read while a part of it is written",
      (draft) => (draft.dispatches[3]!.inputs[0] = { ...draft.dispatches[2]!.inputs[0]! }),
      /Dispatch 3 \("c"\) reads value 6 from buffer \d, which it also writes/,
    ],
  ])("%s", (_name, damage, problem) => {
    expect(problemsOf(damage)).toMatch(problem);
  });
});
