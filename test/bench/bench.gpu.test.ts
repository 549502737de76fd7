import { afterAll, beforeAll, expect, test } from "vitest";
import { benchNetwork, type BenchNetwork } from "../../src/bench/bench-network.ts";
import { browserHost } from "../../src/bench/browser-host.ts";
import { compareContenders, toleranceOf } from "../../src/bench/compare-contenders.ts";
import type { BenchHost } from "../../src/bench/bench-host.ts";
import { nodeHost } from "../../src/bench/node-host.ts";
import { randomWeights } from "../../src/weights/random-weights.ts";
import { compileSpecFile } from "../support/compile-spec-file.ts";
import { emitChecked, planOf, randomImage } from "../support/gpu-run.ts";

const effort = { seconds: 0.01, fewest: 3, most: 3 };
const tolerance = { relative: 1e-3, absolute: 1e-6 };
let network: BenchNetwork;
let host: BenchHost;

beforeAll(async () => {
  const compiled = compileSpecFile("tiny.mnet");
  const weights = randomWeights(compiled.training, 4);
  const files = emitChecked(compiled.inference, weights);
  network = benchNetwork(compiled, weights, files, randomImage(compiled.inference, 4));
  const opened = await nodeHost(network, null);
  if (opened === null) throw new Error("there is no adapter");
  host = opened;
});
afterAll(() => host.close());

test("contenders in Node compute the same, and each has its times", async () => {
  const steps: string[] = [];
  const reports = await compareContenders(host, effort, (text) => steps.push(text), tolerance);
  expect(steps).toEqual([
    "first run of mnet",
    "first run of tfjs-layers",
    "first run of tfjs-graph",
    "mnet, tfjs-layers, tfjs-graph in turn",
  ]);
  expect(reports.map(({ name, status }) => [name, status])).toEqual([
    ["mnet", "ran"],
    ["tfjs-layers", "ran"],
    ["tfjs-graph", "ran"],
    ["onnxruntime-web", "skipped"],
  ]);
  for (const report of reports) {
    if (report.status !== "ran") continue;
    expect(report.steady.runs).toBe(3);
    expect(report.steady.fastest).toBeGreaterThan(0);
    expect(report.first).toBeGreaterThan(report.steady.fastest);
    expect(report.difference).toBeLessThan(1e-3);
  }
  expect(reports[0]).toMatchObject({ ratio: { first: 1, steady: 1 }, difference: 0 });
});

test("another network's output is no contender", async () => {
  const wrong: BenchHost = {
    ...host,
    async first(name) {
      const { output, milliseconds } = await host.first(name);
      return {
        milliseconds,
        output: name === "mnet" ? output : Array.from(output, (value, i) => (i === 9 ? value + 1 : value)),
      };
    },
  };
  const [, report] = await compareContenders(wrong, effort, () => undefined, tolerance);
  expect(report).toMatchObject({ name: "tfjs-layers", status: "differs" });
  expect(report?.status === "differs" ? report.reason : "").toMatch(/^Element 9 is /);
});

test("16 bits between dispatches are allowed what they round away, and float32 is not", () => {
  const { training, inference } = compileSpecFile("tiny.mnet");
  const of = (precision: "f32" | "f16") =>
    toleranceOf(planOf(emitChecked(inference, randomWeights(training, 4), { precision })));
  expect(of("f32")).toEqual(tolerance);
  expect(of("f16").relative).toBe(0.05);
});

test("a profile has a time for every dispatch", async () => {
  const times = await host.profile();
  const plan = JSON.parse(new TextDecoder().decode(network.files.get("mnet/plan.json"))) as { dispatches: unknown[] };
  expect(times).toHaveLength(plan.dispatches.length);
  expect(times.every(({ nanoseconds, repeats }) => nanoseconds >= 0 && repeats >= 1)).toBe(true);
  expect(Math.max(...times.map(({ nanoseconds }) => nanoseconds))).toBeGreaterThan(0);
});

test("contenders in Chromium compute what they compute in Node", async () => {
  const browser = await browserHost(network);
  try {
    expect(browser.title).toMatch(/^Chromium \d+/);
    expect(browser.lacks("mnet")).toBeNull();
    const [own, graph] = await browser.steady(["mnet", "tfjs-graph"], effort);
    const { output } = await host.first("mnet");
    for (const contender of [own, graph]) {
      expect(contender?.milliseconds).toHaveLength(3);
      Array.from(output).forEach((value, i) => expect(contender?.output[i]).toBeCloseTo(value, 3));
    }
  } finally {
    await browser.close();
  }
});
