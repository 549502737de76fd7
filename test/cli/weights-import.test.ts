import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readSafetensors } from "../../src/weights/safetensors.ts";
import { bundleCli, type BundledCli } from "../support/cli-process.ts";

let cli: BundledCli;
let folder: string;
beforeAll(async () => {
  cli = await bundleCli();
});
afterAll(() => {
  cli.remove();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mnet-import-"));
  return () => {
    rmSync(folder, { recursive: true });
  };
});

const fixtures = "test/fixtures/checkpoints";
const run = (spec: string, from: string, ...more: string[]) =>
  cli.run(["weights", "import", spec, "--from", from, "--out", join(folder, "out.safetensors"), ...more]);
const written = () => readSafetensors(readFileSync(join(folder, "out.safetensors")));

test("prints which tensor became which weight, and writes them", async () => {
  const result = await run(`${fixtures}/torch-flattened.mnet`, `${fixtures}/torch-flattened.safetensors`);
  expect(result.code).toBe(0);
  expect(result.stdout).toMatch(/^weight +shape +from +shape +by\n/);
  expect(result.stdout).toMatch(/\ndepthwise1\/kernel +3x3x16x2 +features\.4\.weight +32x1x3x3 +shape\n/);
  expect(result.stderr).toContain("17 tensors of Flattened");
  expect(written()).toMatchObject({ ok: true });
});

test("takes the map's word", async () => {
  const map = join(folder, "map.json");
  writeFileSync(map, '{"dense1/kernel": "classifier.1.weight"}');
  const from = `${fixtures}/torch-flattened.safetensors`;
  const result = await run(`${fixtures}/torch-flattened.mnet`, from, "--map", map);
  expect(result.code).toBe(0);
  expect(result.stdout).toMatch(/\ndense1\/kernel .* map\n/);
  expect(result.stdout).toMatch(/\ndense1\/bias .* map\n/);
});

test.each([
  ["no JSON", "{", "is not JSON"],
  ["a list", "[]", "is not a JSON object"],
  ["a number as name", '{"a": 1}', 'gives "a" no name of a tensor'],
  ["a weight twice", '{"a": "x", "a": "y"}', 'names "a" twice'],
])("refuses a map that is %s", async (_what, text, message) => {
  const map = join(folder, "map.json");
  writeFileSync(map, text);
  const from = `${fixtures}/torch-flattened.safetensors`;
  const result = await run(`${fixtures}/torch-flattened.mnet`, from, "--map", map);
  expect(result).toMatchObject({ code: 2, stdout: "" });
  expect(result.stderr).toContain(message);
  expect(existsSync(join(folder, "out.safetensors"))).toBe(false);
});

test("leaves the file as it was where the checkpoint does not fit, and shows the row", async () => {
  const out = join(folder, "out.safetensors");
  writeFileSync(out, "before");
  const result = await run("specs/tiny.mnet", `${fixtures}/torch-flattened.safetensors`);
  expect(result.code).toBe(1);
  expect(result.stderr).toContain("error[weights/misfit]");
  expect(result.stderr).toContain("--> specs/tiny.mnet:");
  expect(readFileSync(out, "utf8")).toBe("before");
});

test("names the file that is no checkpoint", async () => {
  const from = join(folder, "model.pth");
  writeFileSync(from, "PK\u0003\u0004");
  const result = await run("specs/tiny.mnet", from);
  expect(result.code).toBe(1);
  expect(result.stderr).toContain("error[weights/file-format]");
  expect(result.stderr).toContain("model.pth");
  expect(result.stderr).toContain("safetensors.torch.save_file");
});
