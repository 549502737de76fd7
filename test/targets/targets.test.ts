import { describe, expect, test } from "vitest";
import { countGraph } from "../../src/analysis/counts.ts";
import { defineTarget, type Target } from "../../src/targets/target.ts";
import { emitTarget, targetNames, targetOf, targets } from "../../src/targets/index.ts";
import { WEBGPU_CORE } from "../../src/targets/webgpu/schedule/limits.ts";
import { makeRecord } from "../../src/targets/webgpu/tuning/make-record.ts";
import { variantsToTry } from "../../src/targets/webgpu/tuning/variants-to-try.ts";
import { initializeWeights } from "../../src/weights/initialize.ts";
import { compileSpecFile } from "../support/compile-spec-file.ts";

const network = compileSpecFile("tiny.mnet");
const weights = initializeWeights(network.training, 1);
const all = targetNames.map((name): Target => targets[name]);

describe.each(all)("the target $name", (target) => {
  test("goes by its name", () => {
    expect(targetOf(target.name)).toBe(target);
  });

  test("writes files with distinct names below its folder", async () => {
    const { files, diagnostics } = await target.emit(network, weights, {});
    expect(diagnostics).toEqual([]);
    const paths = files.map(({ path }) => path);
    expect(paths.length).toBeGreaterThan(0);
    expect(new Set(paths).size).toBe(paths.length);
    for (const path of paths) expect(path).toMatch(/^(?:[\w-]+\/)*[\w.-]+$/);
  });

  test("finds a weight that is missing and one of another shape, and writes nothing", async () => {
    const faulty = new Map(weights);
    faulty.delete("stem/kernel");
    const last = [...weights.values()].at(-1)!;
    faulty.set(last.name, { ...last, shape: [3], data: new Float32Array(3) });
    const { files, diagnostics } = await target.emit(network, faulty, {});
    expect(files).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["weights/missing", "weights/shape"]);
    expect(diagnostics[0]?.message).toContain('"stem/kernel"');
  });

  test("finds every weight missing where it needs some and has none, or writes a module without", async () => {
    const { files, diagnostics } = await target.emit(network, null, {});
    if (target.weights === "optional") {
      expect(diagnostics).toEqual([]);
      expect(files.length).toBeGreaterThan(0);
    } else {
      expect(files).toEqual([]);
      expect(diagnostics).toHaveLength(weights.size);
    }
  });
});

test("no target has a name that is not in the table", () => {
  expect(targetOf("toString")).toBeNull();
  expect(targetOf("keras-2")).toBeNull();
});

test("a tensor that no layer reads and no file can hold is a finding", async () => {
  const extra = { name: "extra", shape: [1], data: new Float32Array([NaN]) };
  const { files, diagnostics } = await emitTarget("tfjs", network, new Map([...weights, ["extra", extra]]), {});
  expect(files).toEqual([]);
  expect(diagnostics.map(({ code }) => code)).toEqual(["weights/unwritable"]);
});

test("another network's tuning record is a finding", async () => {
  const { inference } = compileSpecFile("digits.mnet");
  const place = { limits: WEBGPU_CORE, device: "generic", precision: "f32" } as const;
  const adapter = { name: "dice", isSoftware: false };
  const tuning = makeRecord(inference, { ...place, adapter }, variantsToTry(inference, place), () => 1e-4);
  const { files, diagnostics } = await emitTarget("webgpu", network, weights, { tuning });
  expect(files).toEqual([]);
  expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'webgpu/tuning: The tuning record is of the network "Digits", and this one is "Tiny".',
  ]);
});

test("quantized kernels are measured, and others change nothing", async () => {
  const image = Float32Array.from({ length: 32 * 32 * 3 }, (_, i) => Math.sin(i));
  expect(await targets.tfjs.measure?.(network, weights, {}, image)).toBeNull();
  const measured = await targets.tfjs.measure?.(network, weights, { quantize: "uint8" }, image);
  expect(Object.keys(measured?.figures ?? {})).toEqual(["layers", "graph"]);
  expect(measured?.sentence).toContain("uint8 kernels change the output by");
});

/** A target as small as one can be, to show what it takes: nothing but this description. */
const echo = defineTarget({
  name: "echo",
  title: "echo",
  summary: "a note",
  reads: "training",
  weights: "none",
  options: { upper: { kind: "choice", choices: ["yes"], default: null, placeholder: "yes", description: "shout" } },
  emit({ training }, _weights, { upper }) {
    const text = `${training.name}: ${countGraph(training).params.total} parameters\n`;
    const contents = upper === "yes" ? text.toUpperCase() : text;
    return Promise.resolve({ files: [{ path: "echo.txt", contents }], diagnostics: [] });
  },
});

test("a target is its description", async () => {
  const { files } = await echo.emit(network, null, { upper: "yes" });
  expect(files).toEqual([{ path: "echo.txt", contents: expect.stringMatching(/^TINY: \d+ PARAMETERS\n$/) as string }]);
});
