import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { WEBGPU_CORE } from "../../src/targets/webgpu/schedule/limits.ts";
import { makeRecord } from "../../src/targets/webgpu/tuning/make-record.ts";
import { variantsToTry } from "../../src/targets/webgpu/tuning/variants-to-try.ts";
import { compileSpecFile } from "../support/compile-spec-file.ts";
import { openCli } from "../support/cli-process.ts";

const cli = openCli();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mnet-run-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Takes away the variables of the tests' own process: the command must find its adapter itself. */
const bare = { VK_ICD_FILENAMES: undefined, LD_LIBRARY_PATH: undefined };

const outputs = z.object({
  outputs: z.object({ output: z.array(z.number()) }),
  top: z.array(z.object({ index: z.int() })),
});

const verified = z.object({
  reports: z.array(
    z.object({
      target: z.string(),
      title: z.string(),
      status: z.string(),
      caveat: z.string().nullable(),
      layers: z.array(z.object({ covers: z.array(z.string()) })),
    }),
  ),
});

test("an image on WebGPU and in the interpreter: the same classes", async () => {
  const image = join(folder, "image.png");
  const pixels = Buffer.from(Uint8Array.from({ length: 60 * 40 * 3 }, (_, i) => (i * 37) % 256));
  writeFileSync(
    image,
    await sharp(pixels, { raw: { width: 60, height: 40, channels: 3 } })
      .png()
      .toBuffer(),
  );
  const args = ["run", "specs/tiny.mnet", "--image", image, "--seed", "5", "--json"];
  const webgpu = await cli.run(args, { env: bare });
  expect(webgpu).toMatchObject({ code: 0, stderr: "" });
  const interp = await cli.run([...args, "--target", "interp"]);
  const actual = outputs.parse(JSON.parse(webgpu.stdout));
  const expected = outputs.parse(JSON.parse(interp.stdout));
  expect(actual.top.map(({ index }) => index)).toEqual(expected.top.map(({ index }) => index));
  actual.outputs.output.forEach((value, i) => {
    expect(value).toBeCloseTo(expected.outputs.output[i] ?? NaN, 5);
  });
});

test.each(["specs/tiny.mnet", "specs/kitchen_sink.mnet"])("verify %s: all three agree", async (spec) => {
  const result = await cli.run(["verify", spec, "--json"], { env: { ...bare, CI: "true" } });
  expect(result.stderr).toBe("");
  expect(JSON.parse(result.stdout)).toMatchObject({
    reports: [
      { target: "tfjs", status: "agrees" },
      { target: "webgpu", status: "agrees" },
    ],
  });
  expect(result.code).toBe(0);
});

test("verify in 16 bits: judged on weights as stored, with a word on what this adapter leaves open", async () => {
  const result = await cli.run(["verify", "specs/tiny.mnet", "--precision", "f16", "--json"], { env: bare });
  expect(result.code).toBe(0);
  const { reports } = verified.parse(JSON.parse(result.stdout));
  expect(reports.map(({ target, status }) => [target, status])).toEqual([
    ["tfjs", "agrees"],
    ["webgpu", "agrees"],
  ]);
  const { title = "", caveat = null } = reports[1] ?? {};
  // SwiftShader lacks shader-f16; on a GPU that has it nothing is left open.
  if (title.endsWith(", f16)")) expect(caveat).toBeNull();
  else {
    expect(title).toMatch(/, f16 as f32\)$/);
    expect(caveat).toMatch(/ has no shader-f16: the kernels ran with float32 in place of halves: /);
    expect(result.stderr).toContain(`warning: ${caveat ?? ""}`);
    const input = join(folder, "blank.f32");
    writeFileSync(input, new Float32Array(32 * 32 * 3));
    const run = await cli.run(["run", "specs/tiny.mnet", "--input", input, "--precision", "f16"], { env: bare });
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toMatch(/ lacks the feature "shader-f16", which the program needs\n.*--target interp /);
    const bench = await cli.run(["bench", "specs/tiny.mnet", "--precision", "f16", "--seconds", "1"], { env: bare });
    expect(bench).toMatchObject({ code: 2, stdout: "" });
    expect(bench.stderr).toMatch(/ lacks the feature "shader-f16", which the program needs\n/);
  }
});

test("a tuning record decides the kernels, and the precision as well", async () => {
  const { inference } = compileSpecFile("tiny.mnet");
  const recordOf = (precision: "f32" | "f16") => {
    const adapter = { name: "dice", isSoftware: true };
    const at = { limits: WEBGPU_CORE, device: "software", precision, adapter } as const;
    const file = join(folder, `tuning-${precision}.json`);
    const record = makeRecord(inference, at, variantsToTry(inference, at), ({ length }) => 1e-4 / length);
    writeFileSync(file, JSON.stringify(record));
    return { file, choices: record.choices };
  };
  const { file, choices } = recordOf("f32");
  const result = await cli.run(["verify", "specs/tiny.mnet", "--target", "webgpu", "--tuning", file, "--json"], {
    env: bare,
  });
  const [report] = verified.parse(JSON.parse(result.stdout)).reports;
  expect(report).toMatchObject({ status: "agrees", caveat: null });
  const covers = report?.layers.map((layer) => layer.covers).filter((paths) => paths.length > 0);
  expect(covers).toEqual(choices.map(({ layers }) => layers));
  const half = await cli.run(["bench", "specs/tiny.mnet", "--tuning", recordOf("f16").file], { env: bare });
  if (half.code !== 0) expect(half.stderr).toContain('lacks the feature "shader-f16"');
});

test("no adapter: a loud skip, and with CI=true a failure", async () => {
  // A driver list without drivers, set before the start, keeps the command from trying others.
  const env = { VK_ICD_FILENAMES: join(folder, "none.json") };
  const skipped = await cli.run(["verify", "specs/tiny.mnet", "--target", "webgpu"], { env });
  expect(skipped.code).toBe(0);
  expect(skipped.stderr).toContain("webgpu was SKIPPED");
  const failed = await cli.run(["verify", "specs/tiny.mnet", "--target", "webgpu"], { env: { ...env, CI: "true" } });
  expect(failed.code).toBe(1);
  const run = await cli.run(["run", "specs/tiny.mnet", "--input", "package.json"], { env });
  expect(run.code).not.toBe(0);
});
