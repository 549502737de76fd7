import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { bundleCli, type BundledCli } from "../support/cli-process.ts";

let cli: BundledCli;
let folder: string;

beforeAll(async () => {
  cli = await bundleCli();
  folder = mkdtempSync(join(tmpdir(), "mnet-run-"));
});
afterAll(() => {
  cli.remove();
  rmSync(folder, { recursive: true });
});

/** Without what the tests' own process was given: the command must find its adapter itself. */
const bare = { VK_ICD_FILENAMES: undefined, LD_LIBRARY_PATH: undefined };

const outputs = z.object({
  outputs: z.object({ output: z.array(z.number()) }),
  top: z.array(z.object({ index: z.int() })),
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

test("no adapter: a loud skip, and with CI=true a failure", async () => {
  // A driver list that names nothing, given before the start, so that nothing else is tried.
  const env = { VK_ICD_FILENAMES: join(folder, "none.json") };
  const skipped = await cli.run(["verify", "specs/tiny.mnet", "--target", "webgpu"], { env });
  expect(skipped.code).toBe(0);
  expect(skipped.stderr).toContain("webgpu was SKIPPED");
  const failed = await cli.run(["verify", "specs/tiny.mnet", "--target", "webgpu"], { env: { ...env, CI: "true" } });
  expect(failed.code).toBe(1);
  const run = await cli.run(["run", "specs/tiny.mnet", "--input", "package.json"], { env });
  expect(run.code).not.toBe(0);
});
