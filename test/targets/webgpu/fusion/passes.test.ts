import { describe, expect, test } from "vitest";
import { inferenceGraph, trainingGraph } from "../../../../src/passes/pipeline.ts";
import { compareTensors } from "../../../../src/reference/compare.ts";
import { interpretOutputs } from "../../../../src/reference/interpret.ts";
import { deviceFacts } from "../../../../src/targets/webgpu/cost/device-class.ts";
import { chooseSteps } from "../../../../src/targets/webgpu/fusion/choose-steps.ts";
import type { FusionPass } from "../../../../src/targets/webgpu/fusion/fusion-pass.ts";
import { fusionPasses } from "../../../../src/targets/webgpu/fusion/passes.ts";
import { replaceSteps } from "../../../../src/targets/webgpu/fusion/replace-steps.ts";
import { WEBGPU_CORE } from "../../../../src/targets/webgpu/schedule/limits.ts";
import { scheduleGraph } from "../../../../src/targets/webgpu/schedule/schedule-graph.ts";
import type { ShapedGraph } from "../../../../src/ir/graph.ts";
import { randomWeights } from "../../../../src/weights/random-weights.ts";
import { randomImage } from "../../../support/gpu-run.ts";
import { interpretSchedule } from "../../../support/interpret-schedule.ts";
import { randomMobileGraph } from "../../../support/random-mobile-graph.ts";

const refuse = ({ message }: { readonly message: string }) => {
  throw new Error(message);
};

/** Returns the schedule that one pass makes when it is applied wherever it fits. */
function fused(graph: ShapedGraph, pass: FusionPass) {
  const plain = scheduleGraph(graph, WEBGPU_CORE.maxStorageBuffersPerShaderStage);
  const context = { limits: WEBGPU_CORE, facts: deviceFacts.generic };
  const chosen = chooseSteps(graph, plain, { passes: [pass], context, mode: "always" });
  const result = replaceSteps(
    plain,
    chosen.map(({ step }) => step),
  );
  return { result, fewer: plain.steps.length - result.steps.length };
}

describe.each(fusionPasses.map((pass) => [pass.name, pass] as const))("%s", (_name, pass) => {
  test("the function computed is the same, on random networks", () => {
    let spared = 0;
    for (let seed = 0; seed < 60; seed++) {
      const training = trainingGraph(randomMobileGraph(seed), refuse);
      const graph = inferenceGraph(training, refuse);
      const weights = randomWeights(training, seed);
      const image = randomImage(graph, seed);
      const before = interpretOutputs(graph, weights, image);
      const { result, fewer } = fused(graph, pass);
      const after = interpretSchedule(graph, result, weights, image);
      spared += fewer;
      for (const [name, value] of before) {
        expect(compareTensors(value, after.get(name) ?? [], { relative: 0 }).reason, `seed ${seed}`).toBeNull();
      }
    }
    expect(spared).toBeGreaterThan(10);
  });
});
