import { expect, test } from "vitest";
import { openInterpreter } from "../../src/running/interpreter-runner.ts";
import { judgeRunner } from "../../src/running/judge-runner.ts";
import type { LayerRunner, LayerValue } from "../../src/running/layer-runner.ts";
import { randomImage } from "../../src/running/random-image.ts";
import type { RunOptions } from "../../src/running/run-options.ts";
import type { Outputs } from "../../src/running/runner.ts";
import { randomWeights } from "../../src/weights/random-weights.ts";
import { compileSpecFile } from "../support/compile-spec-file.ts";

const network = compileSpecFile("tiny.mnet");
const { training } = network;
const weights = randomWeights(training, 0);
const input = randomImage(training, 0);
const faulty = "bottleneck2_1/expand";

async function interpreter(options: RunOptions = {}): Promise<LayerRunner> {
  const { value } = await openInterpreter(network, weights, options);
  if (value === null) throw new Error("the interpreter refuses the network");
  return value;
}

/** The interpreter itself, with what it computes spoiled on the way out. */
async function spoiled(
  layer: (value: LayerValue) => ArrayLike<number>,
  outputs: (values: Outputs) => Outputs = (values) => values,
): Promise<LayerRunner> {
  const sound = await interpreter();
  return {
    ...sound,
    run: async (image) => outputs(await sound.run(image)),
    runLayers: (image, see) =>
      sound.runLayers(image, (value) => {
        see({ ...value, values: layer(value) });
      }),
  };
}

async function failures(runner: LayerRunner): Promise<readonly string[]> {
  const layers = await judgeRunner(runner, network, weights, input);
  expect(layers.length).toBe(training.nodes.length + 1);
  return layers.filter((layer) => !layer.comparison.agrees).map((layer) => layer.path);
}

test("the interpreter agrees with itself", async () => {
  expect(await failures(await spoiled(({ values }) => values))).toEqual([]);
});

test.each([
  ["a NaN", (values: number[]) => values.with(7, NaN)],
  ["an infinity", (values: number[]) => values.with(0, Infinity)],
  ["another length", (values: number[]) => values.slice(1)],
  ["nothing", () => []],
])("%s in one layer is found there", async (_, spoil) => {
  const runner = await spoiled(({ path, values }) => (path === faulty ? spoil(Array.from(values)) : values));
  expect(await failures(runner)).toEqual([faulty]);
});

test("a last element off is found there first", async () => {
  const runner = await spoiled(({ path, values }) =>
    path === faulty ? Array.from(values).with(-1, (values[values.length - 1] ?? 0) + 1) : values,
  );
  expect((await failures(runner))[0]).toBe(faulty);
});

test("a run that differs from its own layers is found at its output", async () => {
  const runner = await spoiled(
    ({ values }) => values,
    (outputs) => new Map([...outputs].map(([name, values]) => [name, Array.from(values, (value) => value + 1)])),
  );
  expect(await failures(runner)).toEqual(["output output"]);
});

test("what 16 bits round away is allowed to a runner that says so, and to no other", async () => {
  const runner = await interpreter({ precision: "f16" });
  expect(runner.halves?.size).toBeGreaterThan(5);
  const disagreeing = async (asked: LayerRunner) =>
    (await judgeRunner(asked, network, weights, input)).filter(({ comparison }) => !comparison.agrees);
  expect(await disagreeing(runner)).toEqual([]);
  expect((await disagreeing({ ...runner, halves: new Set() })).length).toBeGreaterThan(5);
});

test("an output that is missing is no agreement", async () => {
  const runner = await spoiled(
    ({ values }) => values,
    () => new Map(),
  );
  expect(await failures(runner)).toEqual(["output output"]);
});
