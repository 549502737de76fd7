import { execFileSync, spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { readSafetensors } from "../../src/formats/safetensors.ts";
import { openCli, type CliOptions } from "../support/cli-process.ts";

const cli = openCli();
let folder: string;
const run = (args: readonly string[], options?: CliOptions) => cli.run(args, options);
const file = (name: string) => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mnet-cli-"));
  return () => {
    rmSync(folder, { recursive: true });
  };
});

const good = "network N {\n  param width = 8 in 4 .. 16\n  input image [8, 8, 3]\n  stem: conv 3x3 width\n}\n";
const bad = "network N {\n  input image [8, 8, 3]\n  stem: convv 3x3 8\n}\n";

const findingsSchema = z.strictObject({
  schemaVersion: z.literal(1),
  findings: z.array(
    z.strictObject({
      code: z.string(),
      severity: z.enum(["error", "warning", "info"]),
      message: z.string(),
      file: z.string(),
      line: z.int(),
      column: z.int(),
      endLine: z.int(),
      endColumn: z.int(),
      hint: z.string().nullable(),
      related: z.array(z.unknown()),
      fix: z.unknown(),
    }),
  ),
  more: z.int(),
});

describe("check", () => {
  test("a clean spec: exit 0, nothing on stdout", async () => {
    const result = await run(["check", "specs/tiny.mnet", "specs/mobilenet_v2.mnet"]);
    expect(result).toMatchObject({ code: 0, stdout: "" });
    expect(result.stderr).toContain("nothing found");
  });

  test("findings are the data: frames on stdout, exit 1", async () => {
    const result = await run(["check", "-"], { stdin: bad });
    expect(result.code).toBe(1);
    expect(result.stdout).toMatch(/^error\[[a-z/-]+\]: .*convv/);
    expect(result.stdout).toContain("--> <stdin>:3:9");
    expect(result.stdout).toContain("^^^^^");
    expect(result.stderr).toBe("");
  });

  test("--json gives one document with places", async () => {
    const result = await run(["check", "-", "--json"], { stdin: bad });
    expect(result.code).toBe(1);
    const { findings } = findingsSchema.parse(JSON.parse(result.stdout));
    expect(findings[0]).toMatchObject({
      severity: "error",
      file: "<stdin>",
      line: 3,
      column: 9,
      endLine: 3,
      endColumn: 14,
    });
    const clean = await run(["check", "-", "--json"], { stdin: good });
    expect(clean).toMatchObject({ code: 0, stderr: "" });
    expect(findingsSchema.parse(JSON.parse(clean.stdout)).findings).toEqual([]);
  });

  test("no control character of a spec reaches the terminal", async () => {
    const result = await run(["check", "-"], { stdin: 'network N { \u001b[31m "\u0007" \u009b2J }\n' });
    expect(result.code).toBe(1);
    // eslint-disable-next-line no-control-regex -- what must not be there
    expect(result.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    const json = await run(["check", "-", "--json"], { stdin: 'network N { \u001b[31m "\u0007" \u009b2J }\n' });
    // eslint-disable-next-line no-control-regex -- what must not be there
    expect(json.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  test("colour with FORCE_COLOR, and none with NO_COLOR", async () => {
    const colored = await run(["check", "-"], { stdin: bad, env: { FORCE_COLOR: "1" } });
    expect(colored.stdout).toContain("\u001b[31m");
    const plain = await run(["check", "-"], { stdin: bad, env: { FORCE_COLOR: "1", NO_COLOR: "1" } });
    expect(plain.stdout).not.toContain("\u001b");
  });

  test("imports are read beside the spec, and named as they are found", async () => {
    writeFileSync(file("package.json"), "{}");
    mkdirSync(file("nets"));
    writeFileSync(file("nets/blocks.mnet"), "block twice(c) {\n  conv 3x3 cc\n}\n");
    writeFileSync(file("nets/n.mnet"), 'import "blocks.mnet"\nnetwork N {\n  input image [8, 8, 3]\n  twice 8\n}\n');
    const result = await run(["check", "nets/n.mnet"], { cwd: folder });
    expect(result.code).toBe(1);
    expect(result.stdout).toContain("--> nets/blocks.mnet:2:12");
  });

  test.each(["pipe", "folder", "image"])("what cannot be read as text is not imported: a %s", async (name) => {
    execFileSync("mkfifo", [file("pipe")]);
    mkdirSync(file("folder"));
    writeFileSync(file("image"), Buffer.from([0x89, 0x50, 0xff]));
    writeFileSync(
      file("n.mnet"),
      `import "${name}"\nnetwork N labels="${name}" {\n  input image [8, 8, 3]\n  flatten\n}\n`,
    );
    const { stdout, code } = await run(["check", file("n.mnet")]);
    expect([stdout.match(/error\[[^\]]*\]/g), code]).toEqual([["error[import/not-found]", "error[network/labels]"], 1]);
  });

  test("imports stay inside the project, by path and by link", async () => {
    mkdirSync(file("project"));
    writeFileSync(file("project/package.json"), "{}");
    writeFileSync(file("secret.mnet"), "block twice(c) {\n  conv 3x3 c\n}\n");
    symlinkSync(file("secret.mnet"), file("project/link.mnet"));
    for (const path of ["../secret.mnet", "link.mnet"]) {
      writeFileSync(file("project/n.mnet"), `import "${path}"\nnetwork N {\n  input image [8, 8, 3]\n  twice 8\n}\n`);
      const result = await run(["check", "project/n.mnet"], { cwd: folder });
      expect(result.code).toBe(1);
      expect(result.stdout).toContain("import/not-found");
    }
  });
});

describe("usage", () => {
  test.each([
    [["chek"], /unknown command 'chek'[\s\S]*check/],
    [["check", "--jsno", "x"], /unknown option '--jsno'[\s\S]*--json/],
    [["check"], /missing required argument/],
    [["summary", "a", "b"], /too many arguments/],
    [["check", "specs/tiny.mnet", "--set", "width"], /NAME=VALUE/],
    [["check", "specs/tiny.mnet", "--set", "=1"], /NAME=VALUE/],
    [["build", "specs/tiny.mnet"], /--target/],
    [["build", "specs/tiny.mnet", "--target", "no-such"], /Allowed choices are tfjs, webgpu, onnx/],
    [["build", "specs/tiny.mnet", "--target", "webgpu", "--seed", "-1"], /whole number/],
    [["build", "specs/tiny.mnet", "--target", "webgpu", "--seed", "1", "--weights", "w"], /cannot be used with/],
    [["ir", "specs/tiny.mnet", "--after", "fold"], /fold-batch-norm/],
    [["check", "no/such.mnet"], /Cannot read no\/such.mnet: it does not exist/],
    [["check", "specs"], /Cannot read specs: it is a directory/],
    [["run", "specs/tiny.mnet", "--target", "interp"], /--image FILE/],
    [["run", "specs/tiny.mnet", "--target", "interp", "--image", "no.png"], /Cannot read no.png/],
    [["build", "specs/tiny.mnet", "--target", "tfjs", "--weights", "no.safetensors"], /Cannot read no.safetensors/],
    [["explain", "shape/mismach"], /Did you mean "shape\/mismatch"/],
  ])("%j: exit 2, a word on stderr, nothing on stdout", async (args, message) => {
    const result = await run(args);
    expect(result.stderr).toMatch(message);
    expect(result.stderr).not.toMatch(/\n\s+at /);
    expect(result).toMatchObject({ code: 2, stdout: "" });
  });

  test.each([
    [["check", "no/such.mnet", "--json"], "Cannot read no/such.mnet: it does not exist"],
    [["check", "specs/tiny.mnet", "no/such.mnet", "--json"], "Cannot read no/such.mnet: it does not exist"],
    [["check", "--json"], "missing required argument 'spec'"],
    [["run", "specs/tiny.mnet", "--json", "--target", "interp", "--image", "no.png"], "Cannot read no.png"],
  ])("%j: one JSON document on stdout as well", async (args, message) => {
    const { code, stdout, stderr } = await run(args);
    const document = z.strictObject({
      schemaVersion: z.literal(1),
      error: z.strictObject({ message: z.string(), hint: z.string().nullable() }),
    });
    expect(document.parse(JSON.parse(stdout)).error.message).toContain(message);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  test("a full disk behind stdout is a word, not a trace", () => {
    const full = openSync("/dev/full", "w");
    const { stderr, status } = spawnSync(process.execPath, [cli.file, "summary", "specs/tiny.mnet"], {
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "", FORCE_COLOR: "0" },
    });
    closeSync(full);
    expect(stderr).toBe("error: Cannot write standard output: no space is left on the device\n");
    expect(status).toBe(2);
  });

  test("no verb: the help on stderr, exit 2", async () => {
    const result = await run([]);
    expect(result).toMatchObject({ code: 2, stdout: "" });
    expect(result.stderr).toContain("Usage: mnet");
  });

  test("help and version are data", async () => {
    const help = await run(["--help"]);
    expect(help).toMatchObject({ code: 0, stderr: "" });
    for (const verb of ["check", "build", "summary", "ir", "run", "verify", "weights", "explain", "init"]) {
      expect(help.stdout).toContain(`\n  ${verb} `);
    }
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync("package.json", "utf8")));
    expect(await run(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  test("text that is not UTF-8 is refused", async () => {
    writeFileSync(file("n.mnet"), Buffer.from([0x6e, 0xff, 0xfe]));
    const result = await run(["check", file("n.mnet")]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("not UTF-8");
  });

  test.each(["constructor=1", "__proto__=1", "width=$(id)", "width=\u001b[2J", "width=1e999"])(
    "a hostile --set %j is a finding",
    async (setting) => {
      const result = await run(["check", "-", "--set", setting], { stdin: good });
      expect(result.code).toBe(1);
      // eslint-disable-next-line no-control-regex -- what must not be there
      expect(result.stdout + result.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]|\n\s+at /);
    },
  );

  test("an unknown network is a finding", async () => {
    const result = await run(["summary", "-", "--network", "M", "--json"], { stdin: good });
    expect(result.code).toBe(1);
    expect(findingsSchema.parse(JSON.parse(result.stdout)).findings[0]?.message).toContain('"M"');
    expect(result.stderr).toContain("error[");
  });
});

describe("summary", () => {
  test("MobileNetV2 has its figures", async () => {
    const result = await run(["summary", "specs/mobilenet_v2.mnet", "--json"]);
    expect(result).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(result.stdout)).toMatchObject({
      schemaVersion: 1,
      name: "MobileNetV2",
      params: { total: 3_538_984, trainable: 3_504_872, folded: 3_487_816 },
      macs: 300_774_272,
      residuals: 10,
    });
  });

  test("--set changes them, and text says the same", async () => {
    const result = await run(["summary", "specs/mobilenet_v2.mnet", "--set", "width=0.35", "--set", "size=96"]);
    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(/^MobileNetV2 {2}96x96x3 -> 1000\n/);
    expect(result.stdout).toMatch(/bottleneck2_2 +1 +yes/);
    expect(result.stdout).toContain("of one image, convs and dense layers only");
  });

  test("a failed assert is listed, and is no failure here; build refuses it", async () => {
    const spec = good.replace("}\n", '  assert params <= 10 "tiny"\n}\n');
    const summary = await run(["summary", "-"], { stdin: spec });
    expect(summary.code).toBe(0);
    expect(summary.stdout).toContain("FAILED  params <= 10, is 224");
    const build = await run(["build", "-", "--target", "tfjs", "--out", file("out")], { stdin: spec });
    expect(build.code).toBe(1);
    expect(build.stderr).toContain("assert/failed");
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("ir", () => {
  test("prints the graph after a pass, and JSON", async () => {
    const lowered = await run(["ir", "specs/tiny.mnet", "--after", "lower"]);
    const last = await run(["ir", "specs/tiny.mnet"]);
    expect(lowered.stdout).toContain("batch_norm");
    expect(last.stdout).not.toContain("batch_norm(");
    const json = await run(["ir", "specs/tiny.mnet", "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      schemaVersion: 1,
      after: "fuse-activations",
      graph: { name: "Tiny" },
    });
  });

  test("a reader that goes is no fault", async () => {
    const child = cli.start(["ir", "specs/mobilenet_v2.mnet", "--json"]);
    let stderr = "";
    child.stderr?.on("data", (part: Buffer) => (stderr += part.toString()));
    child.stdout?.once("data", () => child.stdout?.destroy());
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect([code, stderr]).toEqual([0, ""]);
  });
});

describe("build", () => {
  test("writes a whole folder, the same bytes every time", async () => {
    const args = ["build", "specs/tiny.mnet", "--target", "webgpu", "--seed", "3", "--out"];
    expect(await run([...args, file("a")])).toMatchObject({ code: 0, stdout: "" });
    const again = await run([...args, file("b"), "--json"]);
    expect(JSON.parse(again.stdout)).toMatchObject({
      schemaVersion: 1,
      network: "Tiny",
      target: "webgpu",
      out: file("b"),
    });
    const names = readdirSync(file("a"), { recursive: true, encoding: "utf8", withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(file("a").length + 1));
    expect(names).toEqual(
      expect.arrayContaining(["mnet.manifest.json", "plan.json", "weights.bin", "model.js", "model.d.ts"]),
    );
    for (const name of names) expect(readFileSync(join(file("b"), name))).toEqual(readFileSync(join(file("a"), name)));
    expect(readdirSync(folder).sort()).toEqual(["a", "b"]);
  });

  test("tf.js in both languages; a rebuild takes its old files away", async () => {
    const args = ["build", "specs/tiny.mnet", "--target", "tfjs", "--out", file("out")];
    expect(await run(args)).toMatchObject({ code: 0 });
    expect(readdirSync(file("out")).sort()).toEqual(["mnet.manifest.json", "model.ts"]);
    writeFileSync(file("out/notes.txt"), "mine");
    expect(await run([...args, "--lang", "js", "--seed", "1"])).toMatchObject({ code: 0 });
    expect(readdirSync(file("out")).sort()).toEqual([
      "graph",
      "layers",
      "mnet.manifest.json",
      "model.js",
      "notes.txt",
      "weights.safetensors",
    ]);
    for (const model of ["graph", "layers"]) {
      expect(readdirSync(file(`out/${model}`)).sort()).toEqual(["group1-shard1of1.bin", "model.json"]);
    }
  });

  test("tf.js for inference alone: fused calls and folded weights, random ones with a warning", async () => {
    const args = ["build", "specs/tiny.mnet", "--target", "tfjs", "--mode", "infer", "--out", file("out")];
    const result = await run(args);
    expect(result).toMatchObject({ code: 0, stdout: "" });
    expect(result.stderr).toContain("weights are random");
    expect(readFileSync(file("out/model.ts"), "utf8")).toContain("tf.fused.conv2d(");
    expect(readFileSync(file("out/weights.safetensors"), "latin1")).not.toContain("gamma");
    expect(readdirSync(file("out")).sort()).toContain("graph");
  });

  test("quantized kernels: a fourth of the bytes, with a word on what that costs", async () => {
    const args = ["build", "specs/tiny.mnet", "--target", "tfjs", "--seed", "1", "--out"];
    await run([...args, file("full")]);
    const half = await run([...args, file("half"), "--quantize", "float16"]);
    expect(half.stderr).toMatch(/float16 kernels change the output by 0\.0\d+ % .* in the layers model and 0\.0\d+ %/);
    const byte = await run([...args, file("byte"), "--quantize", "uint8", "--json"]);
    const loss = z.object({ quantizationLoss: z.object({ layers: z.number(), graph: z.number() }) });
    const { layers, graph } = loss.parse(JSON.parse(byte.stdout)).quantizationLoss;
    for (const each of [layers, graph]) expect([each > 0.0005, each < 0.5]).toEqual([true, true]);
    const size = (build: string) => readFileSync(file(`${build}/graph/group1-shard1of1.bin`)).length;
    expect(size("half") / size("full")).toBeLessThan(0.6);
    expect(size("byte") / size("full")).toBeLessThan(0.4);
  });

  test("options of the other target are refused", async () => {
    const result = await run(["build", "specs/tiny.mnet", "--target", "webgpu", "--quantize", "uint8"]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("--quantize is for --target tfjs");
  });

  test("refuses somebody else's folder, and leaves it as it is", async () => {
    mkdirSync(file("out"));
    writeFileSync(file("out/thesis.tex"), "x");
    const result = await run(["build", "specs/tiny.mnet", "--target", "tfjs", "--out", file("out")]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("not empty");
    expect(readdirSync(file("out"))).toEqual(["thesis.tex"]);
    expect(readdirSync(folder)).toEqual(["out"]);
  });

  test("a spec with a mistake leaves nothing, and an earlier build whole", async () => {
    const build = (spec: string) => run(["build", "-", "--target", "tfjs", "--out", file("out")], { stdin: spec });
    expect(await build(bad)).toMatchObject({ code: 1, stdout: "" });
    expect(existsSync(file("out"))).toBe(false);
    expect(await build(good)).toMatchObject({ code: 0 });
    const before = readFileSync(file("out/model.ts"), "utf8");
    expect(await build(bad)).toMatchObject({ code: 1 });
    expect(readFileSync(file("out/model.ts"), "utf8")).toBe(before);
  });

  test("weights that do not fit: which tensor, expected and found, nothing written", async () => {
    await run(["weights", "init", "-", "--out", file("w.safetensors")], { stdin: good });
    const args = ["build", "-", "--target", "webgpu", "--weights", file("w.safetensors"), "--out", file("out")];
    const result = await run([...args, "--set", "width=16"], { stdin: good });
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/weights\/shape[\s\S]*"stem\/kernel": expected shape 3x3x3x16, found 3x3x3x8/);
    writeFileSync(file("w.safetensors"), readFileSync(file("w.safetensors")).subarray(0, 100));
    const cut = await run(args, { stdin: good });
    expect(cut.code).toBe(1);
    expect(cut.stderr).toContain("error[weights/");
    expect(existsSync(file("out"))).toBe(false);
  });
});

describe("weights", () => {
  test("init: the same seed, the same bytes; inspect shows them", async () => {
    for (const name of ["a", "b"]) {
      const result = await run(["weights", "init", "specs/tiny.mnet", "--seed", "7", "--out", file(name)]);
      expect(result).toMatchObject({ code: 0, stdout: "" });
    }
    const bytes = readFileSync(file("a"));
    expect(readFileSync(file("b"))).toEqual(bytes);
    const read = readSafetensors(bytes);
    if (!read.ok) throw new Error(read.problem.message);
    expect(read.value.tensors.get("stem/kernel")?.shape).toEqual([3, 3, 3, 8]);
    const inspected = await run(["weights", "inspect", file("a"), "--json"]);
    const { tensors } = z
      .object({ schemaVersion: z.literal(1), tensors: z.array(z.object({ name: z.string(), elements: z.int() })) })
      .parse(JSON.parse(inspected.stdout));
    expect(tensors).toHaveLength(read.value.tensors.size);
    expect((await run(["weights", "inspect", file("a")])).stdout).toMatch(/stem\/kernel +3x3x3x8/);
  });

  test("inspect refuses what is no weight file", async () => {
    const result = await run(["weights", "inspect", "package.json", "--json"]);
    expect(result.code).toBe(1);
    expect(findingsSchema.parse(JSON.parse(result.stdout)).findings[0]?.code).toMatch(/^weights\//);
  });
});

describe("explain and init", () => {
  test("lists codes, and shows a page", async () => {
    const list = await run(["explain"]);
    expect(list.stdout).toMatch(/^shape\/mismatch +/m);
    const page = await run(["explain", "shape/mismatch"]);
    expect(page).toMatchObject({ code: 0, stderr: "" });
    expect(page.stdout).toMatch(/^shape\/mismatch: [\s\S]*Found here:\n\n {4}network[\s\S]*Not here:\n\n {4}network/);
    const json = await run(["explain", "shape/mismatch", "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({ schemaVersion: 1, code: "shape/mismatch" });
  });

  test("init writes a spec that is clean, and never over another", async () => {
    expect(await run(["init"], { cwd: folder })).toMatchObject({ code: 0, stdout: "net.mnet\n" });
    expect(await run(["init", "a/my-net.mnet"], { cwd: folder })).toMatchObject({ code: 0 });
    expect(readFileSync(file("a/my-net.mnet"), "utf8")).toContain("network MyNet ");
    expect(await run(["check", "net.mnet", "a/my-net.mnet"], { cwd: folder })).toMatchObject({ code: 0 });
    const before = readFileSync(file("net.mnet"), "utf8");
    expect(await run(["init", "net.mnet"], { cwd: folder })).toMatchObject({ code: 2, stdout: "" });
    expect(readFileSync(file("net.mnet"), "utf8")).toBe(before);
  });
});

describe("run and verify without a GPU", () => {
  const top = z.object({
    schemaVersion: z.literal(1),
    target: z.string(),
    outputs: z.object({ output: z.array(z.number()) }),
    top: z.array(z.object({ index: z.int(), label: z.string().nullable(), value: z.number() })),
  });

  test("tf.js and the interpreter give the same for a raw tensor", async () => {
    writeFileSync(file("x.f32"), Buffer.from(Float32Array.from({ length: 32 * 32 * 3 }, (_, i) => Math.sin(i)).buffer));
    const args = ["run", "specs/tiny.mnet", "--input", file("x.f32"), "--seed", "1", "--json", "--target"];
    const [interp, tfjs] = await Promise.all([run([...args, "interp"]), run([...args, "tfjs"])]);
    expect(interp.code).toBe(0);
    const expected = top.parse(JSON.parse(interp.stdout));
    const actual = top.parse(JSON.parse(tfjs.stdout));
    expect(expected.outputs.output).toHaveLength(10);
    expect(expected.outputs.output.reduce((sum, value) => sum + value)).toBeCloseTo(1, 6);
    actual.outputs.output.forEach((value, i) => {
      expect(value).toBeCloseTo(expected.outputs.output[i] ?? NaN, 5);
    });
    expect(actual.top.map(({ index }) => index)).toEqual(expected.top.map(({ index }) => index));
  });

  test("the interpreter rounds to 16 bits where the program would, and tf.js has no such thing", async () => {
    writeFileSync(file("x.f32"), Buffer.from(Float32Array.from({ length: 32 * 32 * 3 }, (_, i) => Math.sin(i)).buffer));
    const args = ["run", "specs/tiny.mnet", "--input", file("x.f32"), "--seed", "1", "--json", "--target"];
    const [exact, half, tfjs] = await Promise.all([
      run([...args, "interp"]),
      run([...args, "interp", "--precision", "f16"]),
      run([...args, "tfjs", "--precision", "f16"]),
    ]);
    const expected = top.parse(JSON.parse(exact.stdout)).outputs.output;
    const rounded = top.parse(JSON.parse(half.stdout)).outputs.output;
    expect(rounded).not.toEqual(expected);
    rounded.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, 2));
    expect(tfjs.code).toBe(2);
    expect(tfjs.stderr).toContain("--precision is for --target webgpu");
    const verify = await run(["verify", "specs/tiny.mnet", "--target", "tfjs", "--tuning", "none.json"]);
    expect(verify.stderr).toContain("--tuning is for --target webgpu");
  });

  test("a tensor of another length says both lengths", async () => {
    writeFileSync(file("x.f32"), Buffer.alloc(40));
    const result = await run(["run", "specs/tiny.mnet", "--input", file("x.f32"), "--target", "interp", "--seed", "1"]);
    expect(result).toMatchObject({ code: 1, stdout: "" });
    expect(result.stderr).toMatch(/has 40 bytes, .* takes 12288/);
  });

  test("a NaN in the output is reported", async () => {
    const input = new Float32Array(32 * 32 * 3);
    input[5] = NaN;
    writeFileSync(file("x.f32"), Buffer.from(input.buffer));
    const result = await run(["run", "specs/tiny.mnet", "--input", file("x.f32"), "--target", "interp", "--seed", "1"]);
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/Output "output" holds \d+ of 10 values that are not finite numbers/);
  });

  test("verify --target tfjs agrees, in text and JSON", async () => {
    const text = await run(["verify", "specs/tiny.mnet", "--target", "tfjs"]);
    expect(text).toMatchObject({ code: 0, stderr: "" });
    expect(text.stdout).toMatch(/tf\.js \(wasm\) +agrees/);
    const json = await run(["verify", "specs/tiny.mnet", "--target", "tfjs", "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      schemaVersion: 1,
      network: "Tiny",
      reports: [{ target: "tfjs", status: "agrees", firstDifference: null }],
    });
  });
});
