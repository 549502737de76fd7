import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { RunBuild } from "../../../src/playground/compiler/run-host.ts";
import { firstRun } from "../../../src/bench/first-run.ts";
import { timeRunners } from "../../../src/playground/run/time-runners.ts";
import { sampleDigit } from "../../../src/playground/run/sample-digit.ts";
import { openTfjs } from "../../../src/playground/run/tfjs-runner.ts";
import { specHost } from "./spec-host.ts";

const forTfjs = { webgpu: false, tfjs: true, device: "generic" } as const;
const twoOutputs = `network Two {
  input image [6, 6, 3]
  a: conv 3x3 4 act=relu6
  b: classifier 5
  output features = a
}
`;

/** Returns the place of the largest value. */
function largest(values: ArrayLike<number> = []): number {
  return Array.from(values).indexOf(Math.max(...Array.from(values)));
}

async function openOnCpu(build: RunBuild, steps: string[] = []) {
  return openTfjs(build, "cpu", (text) => steps.push(text));
}

test("tf.js reads a digit from a graph model in memory", async () => {
  const build = await specHost(readFileSync("specs/digits.mnet", "utf8")).build(forTfjs);
  const steps: string[] = [];
  const { runner, outputs, opened, first } = await firstRun(() => openOnCpu(build, steps), sampleDigit(4));
  expect(largest(outputs.get("output"))).toBe(4);
  expect(runner.title).toBe("tf.js, cpu");
  expect(steps).toEqual(["Loading tf.js (cpu)"]);
  expect(opened).toBeGreaterThan(0);
  expect(first).toBeGreaterThan(0);
  runner.close();
});

test("outputs have the spec's names, and are timed as one", async () => {
  const build = await specHost(twoOutputs).build(forTfjs);
  const values = Float32Array.from({ length: 108 }, (_unused, i) => Math.cos(i));
  const { runner, outputs } = await firstRun(() => openOnCpu(build), values);
  expect([...outputs].map(([name, { length }]) => [name, length])).toEqual([
    ["features", 144],
    ["output", 5],
  ]);
  const rounds: string[] = [];
  const [first, second] = await timeRunners([runner, runner], values, (done, of) => rounds.push(`${done}/${of}`));
  expect(Array.from(first?.output ?? [])).toEqual([...outputs.values()].flatMap((part) => Array.from(part)));
  expect(second?.output).toHaveLength(149);
  expect(first?.milliseconds).toHaveLength(rounds.length);
  expect(rounds.at(-1)).toBe(`${rounds.length}/${rounds.length}`);
  runner.close();
});

test("what fails in the first run closes the runner, and what onRound throws ends the rounds", async () => {
  let closed = 0;
  const broken = {
    title: "broken",
    run: () => Promise.reject(new Error("no kernel")),
    close: () => {
      closed++;
    },
  };
  await expect(firstRun(() => Promise.resolve(broken), new Float32Array(1))).rejects.toThrow("no kernel");
  expect(closed).toBe(1);
  const quick = { ...broken, run: () => Promise.resolve(new Map([["output", new Float32Array(1)]])) };
  const stop = () => {
    throw new Error("stopped");
  };
  await expect(timeRunners([quick], new Float32Array(1), stop)).rejects.toThrow("stopped");
});
