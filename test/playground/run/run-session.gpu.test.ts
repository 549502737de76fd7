import { readFileSync } from "node:fs";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { installNavigatorGpu } from "../../../src/gpu/node-navigator.ts";
import { findAdapter } from "../../../src/running/page/find-adapter.ts";
import type { SeenInput } from "../../../src/playground/run/run-input.ts";
import { openSession, openTfjsOrCpu } from "../../../src/playground/run/run-session.ts";
import { sampleDigit } from "../../../src/playground/run/sample-digit.ts";
import { openPageWebgpu } from "../../../src/running/page/open-webgpu.ts";
import { bytesOf } from "../../../src/playground/run/build-files.ts";
import { specHost } from "./spec-host.ts";

const digits = specHost(readFileSync("specs/digits.mnet", "utf8"));
const seven: SeenInput = { values: sampleDigit(7), pixels: null, name: "the handwritten 7" };
const nothing = () => undefined;

beforeAll(installNavigatorGpu);
afterEach(() => {
  vi.unstubAllGlobals();
});

function largest(values: ArrayLike<number> = []): number {
  return Array.from(values).indexOf(Math.max(...Array.from(values)));
}

test("a session compiles for the adapter, says how far it is, and has the first run's outputs and times", async () => {
  const steps: string[] = [];
  const session = await openSession({
    host: digits,
    backend: "wasm",
    inputFor: () => seven,
    onStep: (text) => steps.push(text),
    onLost: nothing,
  });
  expect(largest(session.times.outputs.get("output"))).toBe(7);
  expect(session.seen).toBe(seven);
  expect(session.runner).toBe(session.webgpu);
  const total = (session.webgpu?.plan.kernels.length ?? 0) + 1;
  expect(steps).toEqual([
    "Compiling the network",
    ...Array.from({ length: total }, (_unused, i) => `Preparing kernels and weights, ${i + 1} of ${total}`),
  ]);
  for (const time of [session.times.compiled, session.times.opened, session.times.first]) {
    expect(time).toBeGreaterThan(0);
  }
  session.runner.close();
  await expect(session.runner.run(seven.values)).rejects.toThrow();
});

test("says what the adapter lacks before it asks for a device", async () => {
  const build = await digits.build({ webgpu: true, tfjs: false, device: "software" });
  const plan = JSON.parse(new TextDecoder().decode(build.webgpu.get("plan.json"))) as {
    readonly requires: { readonly features: string[] };
  };
  plan.requires.features.push("a-feature-of-tomorrow");
  const webgpu = new Map([...build.webgpu, ["plan.json", new TextEncoder().encode(JSON.stringify(plan))]]);
  await expect(
    openPageWebgpu(bytesOf(webgpu), await findAdapter(), { onStep: nothing, onLost: nothing }),
  ).rejects.toThrow('The network needs the WebGPU feature "a-feature-of-tomorrow", which this adapter does not have.');
});

test("a device that is lost is told of once, one that was closed is not", async () => {
  const build = await digits.build({ webgpu: true, tfjs: false, device: "software" });
  const problems: string[] = [];
  const open = async () =>
    openPageWebgpu(bytesOf(build.webgpu), await findAdapter(), {
      onStep: nothing,
      onLost: (sentence) => problems.push(sentence),
    });
  const closed = await open();
  closed.close();
  const lost = await open();
  const device = lost.model.program.device as unknown as GPUDevice;
  device.destroy();
  await device.lost;
  await vi.waitFor(() => expect(problems).toHaveLength(1));
  expect(problems[0]).toMatch(/^The WebGPU device of .+ was lost \(destroyed.*\)\. Run again to open a new one\.$/);
});

test("without WebGPU the reason is a sentence, and tf.js stands in", async () => {
  vi.stubGlobal("navigator", {});
  vi.stubGlobal("isSecureContext", false);
  await expect(findAdapter()).rejects.toThrow(
    "Browsers allow WebGPU only on secure pages: over https or from localhost.",
  );
  vi.stubGlobal("isSecureContext", true);
  await expect(findAdapter()).rejects.toThrow("This browser has no WebGPU.");
  vi.stubGlobal("navigator", { gpu: { requestAdapter: () => Promise.resolve(null) } });
  await expect(findAdapter()).rejects.toThrow("This browser has WebGPU, but found no adapter for it.");

  const session = await openSession({
    host: digits,
    backend: "cpu",
    inputFor: () => seven,
    onStep: nothing,
    onLost: nothing,
  });
  expect(session.webgpu).toBeNull();
  expect(session.build.webgpu.size).toBe(0);
  expect(session.runner.title).toBe("tf.js, cpu");
  expect(largest(session.times.outputs.get("output"))).toBe(7);
  session.runner.close();
});

test("a model that does not load is no reason for another backend", async () => {
  const build = await digits.build({ webgpu: false, tfjs: true, device: "generic" });
  const graphModel = new Map([...build.graphModel].filter(([path]) => path === "model.json"));
  await expect(openTfjsOrCpu({ ...build, graphModel }, "cpu", seven.values, nothing)).rejects.toThrow(
    "the build holds no group1-shard1of1.bin",
  );
});
