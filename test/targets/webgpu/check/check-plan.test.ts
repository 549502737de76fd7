import { describe, expect, test } from "vitest";
import { inferenceGraph, trainingGraph } from "../../../../src/passes/pipeline.ts";
import { checkPlan } from "../../../../src/targets/webgpu/check/check-plan.ts";
import { emitWebgpu } from "../../../../src/targets/webgpu/emit.ts";
import { WEBGPU_CORE } from "../../../../src/targets/webgpu/schedule/limits.ts";
import type { PlanOptions } from "../../../../src/targets/webgpu/plan-network.ts";
import type { Plan } from "../../../../src/targets/webgpu/files/plan-schema.ts";
import { randomWeights } from "../../../../src/weights/random-weights.ts";
import { changedPlan, planOf } from "../../../support/gpu-run.ts";
import { mobileNetV2 } from "../../../support/gpu-mobilenet-v2.ts";
import { randomGraph } from "../../../support/random-graph.ts";

const refuse = ({ message }: { readonly message: string }) => {
  throw new Error(message);
};

function planFor(lowered: ReturnType<typeof mobileNetV2>, options: PlanOptions = {}): Plan {
  const training = trainingGraph(lowered, refuse);
  const { files, diagnostics } = emitWebgpu(inferenceGraph(training, refuse), randomWeights(training, 1), options);
  expect(diagnostics).toEqual([]);
  return planOf(files);
}

type Damage = Parameters<typeof changedPlan>[1];

test("plans of 150 random networks are legal", () => {
  for (let seed = 1000; seed < 1150; seed++) {
    expect(
      checkPlan(planFor(randomGraph(seed), { fusion: seed % 2 === 0 ? "cheapest" : "always" }), WEBGPU_CORE),
      `seed ${seed}`,
    ).toEqual([]);
  }
});

describe("a broken plan is caught", () => {
  const plan = planFor(mobileNetV2(96, 10), { fusion: "never" });
  /** The problems of a copy that `damage` has changed. */
  const problemsOf = (damage: Damage) => checkPlan(changedPlan(plan, damage), WEBGPU_CORE);
  const sumBlock = plan.dispatches.findIndex(({ layers }) => layers.includes("bottleneck3_2/add"));

  test("the whole one is legal", () => {
    expect(problemsOf(() => undefined)).toEqual([]);
    expect(sumBlock).toBeGreaterThan(0);
  });

  test("one buffer read and written in a dispatch", () => {
    const [first] = problemsOf((draft) => {
      const dispatch = draft.dispatches[1]!;
      const moved = { buffer: dispatch.inputs[0]!.buffer, offset: 0 };
      Object.assign(dispatch.output, moved);
      for (const { inputs } of draft.dispatches)
        for (const input of inputs) if (input.value === 2) Object.assign(input, moved);
    });
    expect(first).toMatch(
      /^Dispatch 1 \("bottleneck1_1\/depthwise"\) reads value 1 from buffer \d, which it also writes\.$/,
    );
  });

  test("a residual that is overwritten before it is read", () => {
    const kept = plan.dispatches[sumBlock]?.inputs[1];
    const problems = problemsOf((draft) => {
      const between = draft.dispatches[sumBlock - 2]!;
      const moved = { buffer: kept?.buffer, offset: kept?.offset };
      Object.assign(between.output, moved);
      Object.assign(draft.dispatches[sumBlock - 1]!.inputs[0]!, moved);
    });
    expect(problems.join("\n")).toContain(
      `reads value ${kept?.value}, which is not in memory: not yet written, or overwritten.`,
    );
  });

  test("a value read from another place, or before it is written", () => {
    expect(problemsOf((draft) => (draft.dispatches[3]!.inputs[0]!.offset += 256)).join()).toContain("and it lies at");
    expect(problemsOf((draft) => (draft.dispatches[3]!.inputs[0]!.value = 9)).join()).toContain(
      "reads value 9, which is not in memory",
    );
    expect(problemsOf((draft) => draft.dispatches.reverse()).length).toBeGreaterThan(10);
  });

  test("an output that is overwritten", () => {
    expect(problemsOf((draft) => (draft.outputs[0]!.value = 1)).join()).toContain(
      'Output "output" reads value 1, which is not in memory',
    );
  });

  test.each<readonly [string, Damage, RegExp]>([
    [
      "an offset off the alignment",
      (draft) => (draft.dispatches[0]!.output.offset += 128),
      /starts at \d*128, which is no multiple of 256/,
    ],
    ["a slice over the end of its buffer", (draft) => (draft.buffers[0]!.size -= 256), /buffer 0, which has/],
    [
      "a buffer that is not there",
      (draft) => (draft.dispatches[0]!.output.buffer = 7),
      /lies in buffer 7, which is not there/,
    ],
    [
      "a size that is not the shape's",
      (draft) => (draft.dispatches[0]!.output.size -= 4),
      /has \d+ bytes for \d+ values/,
    ],
    ["a kernel that is not there", (draft) => (draft.dispatches[0]!.kernel = 99), /runs kernel 99, which is not there/],
    [
      "a weight that is not there",
      (draft) => (draft.dispatches[0]!.weights[0] = 999),
      /binds weight 999, which is not there/,
    ],
    ["weights over each other", (draft) => (draft.weights.entries[1]!.offset -= 256), /inside the one before/],
    ["weights behind the file", (draft) => (draft.weights.size -= 4), /of a file of/],
    [
      "too many workgroups",
      (draft) => (draft.dispatches[0]!.workgroups[1] = 70000),
      /maxComputeWorkgroupsPerDimension 70000, over the limit of 65535/,
    ],
    [
      "a limit that devices are not asked for",
      (draft) => (draft.requires.limits.maxBufferSize = 1),
      /the plan asks devices for 1/,
    ],
    [
      "a workgroup that is too large",
      (draft) => (draft.kernels[0]!.workgroupSize = [32, 16, 1]),
      /maxComputeInvocationsPerWorkgroup 512, over the limit of 256/,
    ],
    ["a sum that is wrong", (draft) => (draft.memory.activationBytes -= 1), /bytes of activations, and there are/],
    ["a bound that is wrong", (draft) => (draft.memory.lowerBoundBytes += 4), /memory that is needed at least/],
    ["a value out of order", (draft) => (draft.dispatches[4]!.output.value = 50), /writes value 50, not 5/],
  ])("%s", (_name, damage, problem) => {
    expect(problemsOf(damage).join("\n")).toMatch(problem);
  });
});
