import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { beforeEach, expect, test } from "vitest";
import { readSafetensors } from "../../src/formats/safetensors.ts";
import { openCli } from "../support/cli-process.ts";

const cli = openCli();
let folder: string;
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
  ["a number as name", '{"a": 1}', 'does not name the tensor of "a"'],
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
  writeFileSync(from, zipSync({ "model/data.pkl": Uint8Array.of(0x80, 2) }));
  const result = await run("specs/tiny.mnet", from);
  expect(result.code).toBe(1);
  expect(result.stderr).toContain("error[weights/file-format]");
  expect(result.stderr).toContain("model.pth");
  expect(result.stderr).toContain("safetensors.torch.save_file");
});

test("reads Keras' archive, HDF5 inside, and writes what the network reads", async () => {
  const result = await run(`${fixtures}/keras-mobilenet-v2.mnet`, `${fixtures}/keras-mobilenet-v2.keras`);
  expect(result).toMatchObject({ code: 0 });
  expect(result.stdout).toMatch(
    /\nbottleneck1_1\/depthwise\/kernel +3x3x8x1 +expanded_conv_depthwise\/kernel +3x3x8x1 +structure\n/,
  );
  expect(written()).toMatchObject({ ok: true });
});

test("says what is wrong with an HDF5 file, and with one that is not there", async () => {
  const from = join(folder, "cut.weights.h5");
  writeFileSync(from, readFileSync(`${fixtures}/keras-mobilenet-v1.weights.h5`).subarray(0, 100_000));
  const cut = await run(`${fixtures}/keras-mobilenet-v1.mnet`, from);
  expect(cut).toMatchObject({ code: 1, stdout: "" });
  expect(cut.stderr).toContain("error[weights/file-length]");
  expect(cut.stderr).toContain("cut.weights.h5");
  expect(cut.stderr).toContain("Expected 147328 bytes, found 100000: it is cut off");
  const missing = await run(`${fixtures}/keras-mobilenet-v1.mnet`, join(folder, "missing.h5"));
  expect(missing).toMatchObject({ code: 2, stdout: "" });
  expect(missing.stderr).toContain("missing.h5");
});
