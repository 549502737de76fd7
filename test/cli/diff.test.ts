import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { openCli, type CliOptions } from "../support/cli-process.ts";

const cli = openCli();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mnet-diff-"));
  return () => {
    rmSync(folder, { recursive: true });
  };
});

const diff = (args: readonly string[], options: CliOptions = {}) =>
  cli.run(["diff", ...args], { cwd: folder, ...options });
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

const before = `network N {
  param width = 8
  input image [16, 16, 4] mean=127.5 std=127.5
  stem: conv 3x3 width norm=batch act=relu
  bottleneck 6 8
  flatten
  head: dense 2
}
network M {
  input image [16, 16, 4]
  stem: conv 3x3 8
}
`;

const schema = z.object({
  schemaVersion: z.literal(1),
  a: z.object({ spec: z.string(), network: z.string(), params: z.record(z.string(), z.unknown()) }),
  b: z.object({ spec: z.string(), network: z.string() }),
  breaking: z.array(z.string()),
  classes: z.array(z.enum(["io", "weights", "graph", "source"])),
  counts: z.object({ params: z.object({ a: z.int(), b: z.int(), delta: z.int() }) }),
  io: z.array(z.object({ what: z.string() })),
  weights: z.object({
    loads: z.object({ tensors: z.int(), elements: z.int() }),
    changes: z.array(z.object({ change: z.string(), name: z.string(), reason: z.string() })),
  }),
  graph: z.object({ blocks: z.array(z.object({ path: z.string() })) }),
  source: z.array(z.object({ declaration: z.string() })),
});

describe("diff", () => {
  test("the same network, written otherwise: exit 0, no class but source", async () => {
    write("a.mnet", before);
    write("b.mnet", `// comments do not count\n${before.replaceAll("  ", "    ")}`);
    const same = await diff(["a.mnet", "b.mnet", "--breaking", "source,graph,weights,io"]);
    expect(same).toMatchObject({ code: 0, stderr: "" });
    expect(same.stdout).toContain("the same: io, weights, graph, source");
    write("b.mnet", before.replace("bottleneck 6 8", "bottleneck 6 (4 * 2)"));
    expect(await diff(["a.mnet", "b.mnet", "--breaking", "graph"])).toMatchObject({ code: 0 });
    const source = await diff(["a.mnet", "b.mnet", "--breaking", "source"]);
    expect(source).toMatchObject({ code: 1, stderr: "Breaking: source\n" });
    expect(source.stdout).toMatch(/~ network N\n +- +5 {2}bottleneck 6 8\n +\+ +5 {2}bottleneck 6 \(4 \* 2\)/);
  });

  test("text: deltas with signs, and each class with its changes", async () => {
    write("a.mnet", before);
    write(
      "b.mnet",
      before
        .replace("bottleneck 6 8", "bottleneck 6 8 2")
        .replace("head:", "top:")
        .replace("stem:", "begin:")
        .replace("std=127.5", "std=1"),
    );
    const { code, stdout } = await diff(["a.mnet", "b.mnet"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^a {2}a\.mnet {2}N width=8\nb {2}b\.mnet {2}N width=8\n/);
    expect(stdout).toMatch(/parameters +5 \d{3} +\d \d{3} +-3 072 +-\d+\.\d % +trainable/);
    expect(stdout).toMatch(/residuals +1 +0 +-1/);
    expect(stdout).toMatch(/~ +input normalisation +mean 127\.5 std 127\.5 -> mean 127\.5 std 1/);
    expect(stdout).toMatch(/a checkpoint for a brings \d+ of its \d+ tensors \([\d ]+ of [\d ]+ numbers\) to b/);
    expect(stdout).toMatch(/> +stem\/kernel +3x3x4x8 +renamed to begin\/kernel\? the same shape in the same place/);
    expect(stdout).toMatch(/- +head\/kernel +2048x2 +no layer reads it any more/);
    expect(stdout).toMatch(/~ +bottleneck1\/depthwise +depthwise +stride 1 -> 2/);
    expect(stdout).toMatch(/~ +bottleneck1 +block +stride 1 -> 2, residual yes -> no: stride 2/);
    const order = ["\nio (", "\nweights (", "\ngraph (", "\nsource ("].map((title) => stdout.indexOf(title));
    expect(order).toEqual(order.toSorted((x, y) => x - y));
    expect(order[0]).toBeGreaterThan(0);
  });

  test("--json has it all, and --breaking means exactly the classes it names", async () => {
    write("a.mnet", before);
    write("b.mnet", before.replace("head:", "top:"));
    const run = async (...args: readonly string[]) => {
      const { code, stdout } = await diff(["a.mnet", "b.mnet", "--json", ...args]);
      return { code, found: schema.parse(JSON.parse(stdout)) };
    };
    const { code, found } = await run("--breaking", "io");
    expect({ code, breaking: found.breaking, classes: found.classes }).toEqual({
      code: 0,
      breaking: [],
      classes: ["weights", "graph", "source"],
    });
    expect(found.a).toEqual({ spec: "a.mnet", network: "N", params: { width: 8 } });
    expect(found.weights.changes.map(({ change, name }) => `${change} ${name}`)).toEqual([
      "renamed head/kernel",
      "renamed head/bias",
    ]);
    expect((await run("--breaking", "weights")).code).toBe(1);
    expect((await run("--breaking", "io", "--breaking", "weights")).found.breaking).toEqual(["weights"]);
    expect((await run("--breaking", "io,graph")).found.breaking).toEqual(["graph"]);
  });

  test("two networks, by options, by --set and after the file's name", async () => {
    write("a.mnet", before);
    const byOption = await diff(["a.mnet", "a.mnet", "--network-a", "N", "--network-b", "M", "--json"]);
    const byName = await diff(["a.mnet:N", "a.mnet:M", "--json"]);
    for (const { code, stdout } of [byOption, byName]) {
      expect(code).toBe(0);
      const { a, b } = schema.parse(JSON.parse(stdout));
      expect([a.network, b.network]).toEqual(["N", "M"]);
    }
    const wide = await diff(["-", "a.mnet", "--set", "width=16", "--json"], { stdin: before });
    expect(schema.parse(JSON.parse(wide.stdout))).toMatchObject({
      classes: [],
      a: { spec: "-", params: { width: 16 } },
    });
  });

  test("a spec that does not compile is a finding of its side", async () => {
    write("a.mnet", before);
    write("b.mnet", before.replace("conv 3x3 width", "conv 3x3 widht"));
    const text = await diff(["a.mnet", "b.mnet"]);
    expect(text).toMatchObject({ code: 1, stdout: "" });
    expect(text.stderr).toMatch(/^b\.mnet:\nerror\[name\/unknown-value\]/);
    const json = await diff(["b.mnet", "a.mnet", "--json"]);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({ findings: [{ file: "b.mnet", line: 4 }] });
  });

  test.each([
    [["a.mnet", "nowhere.mnet"], /Cannot read nowhere\.mnet/],
    [["-", "-"], /Only one/],
    [["a.mnet", "a.mnet", "--breaking", "api"], /Expected one of io, weights, graph, source/],
    [["a.mnet:N", "a.mnet", "--network-a", "M"], /names the network "N", and an option names "M"/],
    [["a.mnet", "git:HEAD"], /git:REV:PATH/],
    [["a.mnet", "git:HEAD:a.mnet"], /in no git repository/],
  ])("%j: exit 2", async (args, message) => {
    write("a.mnet", before);
    const result = await diff(args, { env: { GIT_CEILING_DIRECTORIES: tmpdir() } });
    expect(result.stderr).toMatch(message);
    expect(result).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("diff with revisions", () => {
  const git = (...args: readonly string[]): void => {
    const identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];
    execFileSync("git", [...identity, ...args], { cwd: folder, stdio: "ignore" });
  };

  beforeEach(() => {
    git("init", "-q");
    mkdirSync(join(folder, "nets"));
    write("nets/blocks.mnet", "block unit(c) { conv 3x3 c }\n");
    write("nets/n.mnet", 'import "blocks.mnet"\nnetwork N {\n  input image [8, 8, 4]\n  unit 8\n}\n');
    git("add", ".");
    git("commit", "-q", "-m", "first");
    write("nets/blocks.mnet", "block unit(c) { conv 5x5 c }\n");
  });

  test("a file against the one before, with its imports of then", async () => {
    const { code, stdout } = await diff(["git:HEAD:nets/n.mnet", "nets/n.mnet", "--json", "--breaking", "weights"]);
    expect(code).toBe(1);
    const { classes, source, weights } = schema.parse(JSON.parse(stdout));
    expect(classes).toEqual(["weights", "graph", "source"]);
    expect(source.map(({ declaration }) => declaration)).toEqual(["block unit"]);
    expect(weights.changes.map(({ name }) => name)).toEqual(["unit1/conv1/kernel"]);
  });

  test("two revisions, a path from the current folder, and a network after it", async () => {
    git("commit", "-q", "-a", "-m", "second");
    const args = ["git:HEAD~1:./n.mnet:N", "git:HEAD:nets/n.mnet", "--json"];
    const { code, stdout } = await diff(args, { cwd: join(folder, "nets") });
    expect(code).toBe(0);
    expect(schema.parse(JSON.parse(stdout)).classes).toEqual(["weights", "graph", "source"]);
  });

  test.each([
    ["git:nope:nets/n.mnet", /"nope" names no commit/],
    ["git:--help:nets/n.mnet", /"--help" names no commit/],
    ["git:--output=x:nets/n.mnet", /names no commit/],
    ["git:HEAD:n.mnet", /no such file in that commit[\s\S]*\.\/PATH/],
    ["git:HEAD:nets", /no such file in that commit/],
    ["git:HEAD:../n.mnet", /no such file in that commit/],
    ["git:HEAD:$(touch x).mnet", /no such file in that commit/],
  ])("%s: exit 2", async (operand, message) => {
    const result = await diff([operand, "nets/n.mnet"]);
    expect(result.stderr).toMatch(message);
    expect(result.stderr).not.toMatch(/\n\s+at /);
    expect(result).toMatchObject({ code: 2, stdout: "" });
  });

  test("an import that leaves the repository is not found", async () => {
    write("nets/n.mnet", 'import "../../out.mnet"\nnetwork N {\n  input image [8, 8, 4]\n  conv 3x3 8\n}\n');
    git("commit", "-q", "-a", "-m", "third");
    const result = await diff(["git:HEAD:nets/n.mnet", "git:HEAD~1:nets/n.mnet"]);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain("import/not-found");
  });
});
