import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { writeSafetensors } from "../../src/formats/safetensors.ts";
import { openCli } from "../support/cli-process.ts";

const cli = openCli();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mnet-export-"));
  return () => {
    rmSync(folder, { recursive: true });
  };
});

const weights = async (verb: string, ...args: string[]) => {
  const result = await cli.run(["weights", verb, ...args]);
  if (result.code !== 0) throw new Error(result.stderr);
  return result;
};

test("a model written for tf.js and read again is the same file", async () => {
  const [first, again, model] = ["first", "again", "model"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await weights("init", "specs/tiny.mnet", "--seed", "3", "--out", first);
  const result = await weights(
    "export",
    "specs/tiny.mnet",
    "--weights",
    first,
    "--format",
    "tfjs-layers",
    "--out",
    model,
  );
  expect(result.stdout).toBe("");
  expect(result.stderr).toMatch(/model: model\.json and 1 more, \d+ tensors of Tiny\n$/);
  expect(readdirSync(model).sort()).toEqual(["group1-shard1of1.bin", "mnet.manifest.json", "model.json"]);
  await weights("import", "specs/tiny.mnet", "--from", join(model, "model.json"), "--out", again);
  await weights("export", "specs/tiny.mnet", "--weights", first, "--format", "safetensors", "--out", first);
  await weights("export", "specs/tiny.mnet", "--weights", again, "--format", "safetensors", "--out", again);
  expect(readFileSync(again).equals(readFileSync(first))).toBe(true);
});

test("says which layers need the module", async () => {
  const spec = join(folder, "a.mnet");
  writeFileSync(spec, "network A {\n  input image [8, 8, 4]\n  conv 3x3 4 groups=2 padding=torch act=hswish\n}\n");
  const [file, model] = [join(folder, "a"), join(folder, "model")];
  await weights("init", spec, "--out", file);
  const { stderr } = await weights("export", spec, "--weights", file, "--format", "tfjs-layers", "--out", model);
  expect(stderr).toContain(
    "the module that build --target tfjs writes defines its custom layers (FlexibleConv2D, HardSwish)",
  );
});

test("leaves out what no layer reads, and says so", async () => {
  const [file, out] = [join(folder, "a"), join(folder, "b")];
  await weights("init", "specs/tiny.mnet", "--out", file);
  const { readSafetensors } = await import("../../src/formats/safetensors.ts");
  const read = readSafetensors(readFileSync(file));
  if (!read.ok) throw new Error(read.problem.message);
  const extra = { name: "old/kernel", shape: [1], data: new Float32Array(1) };
  writeFileSync(file, writeSafetensors(new Map([[extra.name, extra], ...read.value.tensors])));
  const { stderr } = await weights(
    "export",
    "specs/tiny.mnet",
    "--weights",
    file,
    "--format",
    "safetensors",
    "--out",
    out,
  );
  expect(stderr).toContain('Weight "old/kernel" of shape 1 is read by no layer of "Tiny"');
  const written = readSafetensors(readFileSync(out));
  expect(written.ok && [...written.value.tensors.keys()]).toEqual([...read.value.tensors.keys()]);
});

test("writes nothing where the weights are another network's", async () => {
  const file = join(folder, "a");
  await weights("init", "specs/tiny.mnet", "--out", file);
  const result = await cli.run([
    "weights",
    "export",
    "specs/digits.mnet",
    "--weights",
    file,
    "--format",
    "tfjs-layers",
    "--out",
    join(folder, "model"),
  ]);
  expect(result.code).toBe(1);
  expect(result.stderr).toContain("error[weights/");
  expect(readdirSync(folder)).toEqual(["a"]);
});
