import { describe, expect, test } from "vitest";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { WEBGPU_CORE } from "../../src/targets/webgpu/schedule/limits.ts";
import { makeRecord } from "../../src/targets/webgpu/tuning/make-record.ts";
import { variantsToTry } from "../../src/targets/webgpu/tuning/variants-to-try.ts";
import { compileSpecFile } from "../support/compile-spec-file.ts";
import { openCli } from "../support/cli-process.ts";

const cli = openCli();

const spec = "specs/mobilenet_v2.mnet";

const reportSchema = z.object({
  schemaVersion: z.number(),
  device: z.string(),
  pipelines: z.number(),
  dispatches: z.array(
    z.object({
      layers: z.array(z.string()),
      fusion: z.string().nullable(),
      bytes: z.number(),
      microseconds: z.number().positive(),
      saves: z.object({ dispatches: z.number(), bytes: z.number(), microseconds: z.number() }).nullable(),
      reason: z.string(),
    }),
  ),
  totals: z.object({ bytes: z.number(), macs: z.number(), microseconds: z.number() }),
  memory: z.object({ activationBytes: z.number(), lowerBoundBytes: z.number(), weightBytes: z.number() }),
});

describe("plan", () => {
  test("one row a dispatch with what it saves and why; totals", async () => {
    const { code, stdout, stderr } = await cli.run(["plan", spec]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^MobileNetV2 on WebGPU, made for device class generic\n/);
    expect(stdout).toMatch(
      / 1 {2}bottleneck2_1\/expand \+ depthwise \+ project .* µs, 12 042 240 bytes .*its parts would take [\d.]+ µs/,
    );
    expect(stdout).toMatch(/dispatches +34 +of 55 without fusion\n/);
    expect(stdout).toMatch(/activations +1 505 280 +bytes in 3 buffers; any plan of this order needs 1 404 928\n/);
  });

  test("--json: sums are sums, and every layer is in one dispatch", async () => {
    const { code, stdout } = await cli.run(["plan", spec, "--json"]);
    expect(code).toBe(0);
    const { dispatches, totals, memory } = reportSchema.parse(JSON.parse(stdout));
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    expect(sum(dispatches.map(({ bytes }) => bytes))).toBe(totals.bytes);
    expect(sum(dispatches.map(({ microseconds }) => microseconds))).toBeCloseTo(totals.microseconds);
    const layers = dispatches.flatMap((row) => row.layers);
    expect(new Set(layers).size).toBe(layers.length);
    const fused = (pass: string) => dispatches.filter(({ fusion }) => fusion === pass);
    expect(fused("expand-depthwise")).toHaveLength(14);
    expect(fused("inverted-residual")).toHaveLength(2);
    // The stem is a 3x3 conv, and no expansion.
    expect(fused("conv-depthwise-project").map(({ layers }) => layers[0])).toEqual(["stem"]);
    for (const { saves } of dispatches) if (saves !== null) expect(saves.microseconds).toBeGreaterThan(0);
    expect(memory.activationBytes).toBeGreaterThanOrEqual(memory.lowerBoundBytes);
  });

  test("a software device gets no fusion that waits in workgroup memory", async () => {
    const { stdout } = await cli.run(["plan", spec, "--device", "software", "--json"]);
    const { device, dispatches } = reportSchema.parse(JSON.parse(stdout));
    expect(device).toBe("software");
    expect(dispatches.every(({ fusion }) => fusion === null || !fusion.includes("depthwise"))).toBe(true);
  });

  test("--precision f16 halves the weights, and says so", async () => {
    const { code, stdout } = await cli.run(["plan", spec, "--precision", "f16"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^MobileNetV2 on WebGPU, made for device class generic, values and weights stored as f16\n/);
    expect(stdout).toMatch(/activations +1 053 696 +bytes/);
    expect(stdout).toMatch(/weights +6 975 632 +bytes/);
  });

  test("a spec with errors is exit 1", async () => {
    const { code } = await cli.run(["plan", "-"], { stdin: "network N {\n  input image [8, 8, 3]\n  conv 3x3\n}\n" });
    expect(code).toBe(1);
  });
});

describe("--tuning", () => {
  const { inference } = compileSpecFile("tiny.mnet");
  const place = {
    limits: WEBGPU_CORE,
    device: "integrated",
    precision: "f32",
    adapter: { name: "dice", isSoftware: false },
  } as const;
  const fileOf = (name: string, contents: string) => {
    const file = join(dirname(cli.file), name);
    writeFileSync(file, contents);
    return file;
  };
  const recordFile = () => {
    const record = makeRecord(inference, place, variantsToTry(inference, place), ({ length }) => 1e-4 / length);
    return { record, file: fileOf("tuning.json", JSON.stringify(record)) };
  };
  const tiny = ["plan", "specs/tiny.mnet"];

  test("plans for the record's device, by its choices, with their times", async () => {
    const { record, file } = recordFile();
    const { code, stdout } = await cli.run([...tiny, "--tuning", file]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Tiny on WebGPU, made for device class integrated\n/);
    expect(stdout.match(/measured: 100\.0 µs/g)).not.toBeNull();
    const json = await cli.run([...tiny, "--tuning", file, "--json"]);
    const { dispatches } = reportSchema.parse(JSON.parse(json.stdout));
    expect(dispatches.map(({ layers, fusion }) => ({ layers, fusion }))).toEqual(
      record.choices.map(({ layers, fusion }) => ({ layers, fusion })),
    );
  });

  test("a record of another network, another device, and what is no record, are errors that name the file", async () => {
    const { file } = recordFile();
    const other = await cli.run(["plan", spec, "--tuning", file]);
    expect(other.code).toBe(1);
    expect(other.stderr).toContain(
      'tuning.json: The tuning record is of the network "Tiny", and this one is "MobileNetV2".',
    );
    const device = await cli.run([...tiny, "--tuning", file, "--device", "discrete", "--json"]);
    expect(device.code).toBe(1);
    expect(JSON.parse(device.stdout)).toMatchObject({ error: { hint: "Write it anew: mnet tune SPEC --out FILE." } });
    expect((await cli.run([...tiny, "--tuning", fileOf("text.json", "{")])).stderr).toContain("text.json is no JSON");
    const stranger = await cli.run([...tiny, "--tuning", fileOf("other.json", '{"schemaVersion":2}')]);
    expect(stranger.stderr).toContain("other.json is no tuning record of this version of mnet");
    expect((await cli.run([...tiny, "--tuning", "missing.json"])).code).toBe(2);
    const tfjs = await cli.run(["build", "specs/tiny.mnet", "--target", "tfjs", "--tuning", file]);
    expect(tfjs.stderr).toContain("--tuning is for --target webgpu");
  });
});

describe("budgets", () => {
  const build = (...args: readonly string[]) =>
    cli.run([
      "build",
      "specs/tiny.mnet",
      "--target",
      "webgpu",
      "--seed",
      "1",
      "--out",
      join(dirname(cli.file), "budget"),
      ...args,
    ]);

  test("a plan within them is built", async () => {
    expect((await build("--max-dispatches", "100", "--max-memory", "3.3MB")).code).toBe(0);
  });

  test("one over them is not, with both numbers", async () => {
    const { code, stderr } = await build("--max-dispatches", "1", "--max-memory", "1kB");
    expect(code).toBe(1);
    expect(stderr).toMatch(/"Tiny" takes \d+ dispatches, and the budget is 1\./);
    expect(stderr).toMatch(/"Tiny" takes [\d ]+ bytes of activations, and the budget is 1 000\./);
  });

  test("what is no number, or means nothing for the target, is a usage error", async () => {
    expect((await build("--max-memory", "some")).code).toBe(2);
    expect((await build("--max-dispatches", "0")).code).toBe(2);
    const { code, stderr } = await cli.run(["build", "specs/tiny.mnet", "--target", "tfjs", "--max-memory", "1MB"]);
    expect(code).toBe(2);
    expect(stderr).toContain("--max-memory is for --target webgpu");
    const half = await cli.run(["build", "specs/tiny.mnet", "--target", "tfjs", "--precision", "f16"]);
    expect(half.stderr).toContain("--precision is for --target webgpu");
  });
});
