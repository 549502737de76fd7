import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { openCli } from "../support/cli-process.ts";

const cli = openCli();
let folder: string;
const run = (args: readonly string[], stdin = "") => cli.run(["lint", ...args], { cwd: folder, stdin });
const read = (name: string) => readFileSync(join(folder, name), "utf8");
const write = (name: string, contents: string | object) => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), typeof contents === "string" ? contents : JSON.stringify(contents));
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mnet-lint-"));
  write("clean.mnet", spec(""));
  write("biased.mnet", spec(" bias=true"));
  return () => {
    rmSync(folder, { recursive: true });
  };
});

/** Lints clean, or with one warning of bias-before-bn. */
function spec(attribute: string): string {
  return `network N {\n  input image [8, 8, 16]\n  conv 3x3 16${attribute} norm=batch act=relu padding=torch\n  pool avg\n  flatten\n  dense 10\n}\n`;
}

const line = (file: string, code = "bias-before-bn") =>
  new RegExp(`^${file}:3:\\d+: (warning|error|info): .* \\[${code}\\]\\n$`);

describe("findings", () => {
  test("in each form, and of each file of a folder", async () => {
    expect(await run(["."])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("warning[bias-before-bn]") as string,
    });
    expect((await run([".", "--format", "line"])).stdout).toMatch(line("biased.mnet"));
    expect((await run([".", "--format", "github"])).stdout).toMatch(/^::warning file=biased\.mnet,line=3,/);
    const sarif = JSON.parse((await run([".", "--format", "sarif"])).stdout) as { runs: [{ results: object[] }] };
    expect(sarif.runs[0].results).toMatchObject([{ ruleId: "bias-before-bn", level: "warning" }]);
    const junit = (await run([".", "--format", "junit"])).stdout;
    expect(junit).toContain('<testsuite name="clean.mnet" tests="1" failures="0" skipped="0">');
    const json = await run([".", "--json"]);
    expect((await run([".", "--format", "json"])).stdout).toBe(json.stdout);
    expect(JSON.parse(json.stdout)).toMatchObject({ schemaVersion: 1, findings: [{ code: "bias-before-bn" }] });
  });

  test("of a clean spec are none in each form", async () => {
    for (const format of ["text", "line", "github"]) {
      expect(await run(["clean.mnet", "--format", format])).toMatchObject({ code: 0, stdout: "" });
    }
    expect(JSON.parse((await run(["clean.mnet", "--format", "sarif"])).stdout)).toMatchObject({
      runs: [{ results: [] }],
    });
  });

  test("as many warnings as may be pass", async () => {
    expect((await run(["biased.mnet", "--max-warnings", "1"])).code).toBe(0);
    expect((await run(["biased.mnet", "--max-warnings", "0"])).code).toBe(1);
    write("again.mnet", spec(" bias=true"));
    expect((await run([".", "--max-warnings", "1"])).code).toBe(1);
  });
});

describe("mnet.config.json", () => {
  test("is found upwards from the spec, the nearest alone", async () => {
    write("mnet.config.json", { rules: { "bias-before-bn": "off" } });
    write("deep/er/biased.mnet", spec(" bias=true"));
    expect((await run([".", "--format", "line"])).stdout).toBe("");
    write("deep/mnet.config.json", { rules: { "bias-before-bn": "error" } });
    expect((await run([".", "--format", "line"])).stdout).toMatch(/^deep\/er\/biased\.mnet:3:\d+: error:/);
    expect((await run([".", "--format", "line", "--config", "mnet.config.json"])).stdout).toBe("");
    expect((await run(["-", "--format", "line"], spec(" bias=true"))).stdout).toBe("");
  });

  test("counts warnings for itself", async () => {
    write("mnet.config.json", { maxWarnings: 1 });
    write("deep/mnet.config.json", { maxWarnings: 0 });
    expect((await run(["."])).code).toBe(0);
    write("deep/biased.mnet", spec(" bias=true"));
    expect((await run(["."])).code).toBe(1);
    expect((await run([".", "--max-warnings", "2"])).code).toBe(0);
  });

  test("holds networks to budgets and limits", async () => {
    write("mnet.config.json", { budgets: { N: { parameters: "2K" } } });
    const { code, stdout } = await run(["clean.mnet", "--format", "line"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^clean\.mnet:1:9: error: "N" exceeds its budget: 2 506 trainable parameters of 2 000\. \[budget-exceeded\]\n$/,
    );
    write("mnet.config.json", {});
    write("large.mnet", spec("").replace("[8, 8, 16]", "[2048, 2048, 16]"));
    expect((await run(["large.mnet", "--format", "line"])).stdout).not.toContain("limit-exceeded");
    for (const args of [
      ["--limits", "webgpu-core,apple-m"],
      ["--preset", "webgpu"],
    ]) {
      const found = await run(["large.mnet", "--format", "line", ...args]);
      expect(found.stdout, args.join(" ")).toMatch(/webgpu-core grants 134217728.*\[limit-exceeded\]/);
    }
  });

  test("that says something wrong is told, before anything is linted", async () => {
    write("mnet.config.json", { rules: { "bias-befor-bn": "off" } });
    const { code, stdout, stderr } = await run(["clean.mnet"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(
      'mnet.config.json: rules: there is no rule "bias-befor-bn"; did you mean "bias-before-bn"?',
    );
  });
});

describe("a baseline", () => {
  test("is written once, hides what it knows, and tells what is new", async () => {
    const written = await run([".", "--baseline", "known.json", "--write-baseline"]);
    expect(written).toMatchObject({ code: 0, stdout: "", stderr: "1 finding written to known.json\n" });
    expect(await run([".", "--baseline", "known.json"])).toMatchObject({ code: 0, stdout: "" });
    write("biased.mnet", `// moved\n\n${spec("    bias=true")}`);
    expect((await run([".", "--baseline", "known.json"])).code).toBe(0);
    write("again.mnet", spec(" bias=true"));
    const told = await run([".", "--baseline", "known.json", "--format", "line"]);
    expect(told.stdout).toMatch(line("again.mnet"));
    write("biased.mnet", spec(""));
    expect((await run([".", "--baseline", "known.json"])).stderr).toContain(
      "1 finding of known.json gone: write it anew",
    );
  });

  test("of a configuration lies beside it, and names files from there", async () => {
    write("mnet.config.json", { baseline: "deep/known.json" });
    expect((await run(["biased.mnet", "--write-baseline"])).code).toBe(0);
    expect(read("deep/known.json")).toContain('"file": "../biased.mnet"');
    const elsewhere = await cli.run(["lint", "../biased.mnet"], { cwd: join(folder, "deep") });
    expect([elsewhere.code, elsewhere.stdout]).toEqual([0, ""]);
  });

  test("that is not there, or no baseline, is a usage error", async () => {
    expect((await run(["biased.mnet", "--baseline", "no.json"])).stderr).toContain(
      "The baseline no.json does not exist",
    );
    write("bad.json", { findings: 1 });
    expect((await run(["biased.mnet", "--baseline", "bad.json"])).code).toBe(2);
    expect((await run(["biased.mnet", "--write-baseline"])).stderr).toContain("--write-baseline has no file to write");
    expect(existsSync(join(folder, "no.json"))).toBe(false);
  });
});

test("--fix keeps to the configuration and to ignores", async () => {
  write("ignored.mnet", spec(" bias=true").replace("torch", "torch // mnet-ignore bias-before-bn: as released"));
  const before = read("ignored.mnet");
  expect((await run(["biased.mnet", "ignored.mnet", "--fix"])).stderr).toContain("1 fix applied");
  expect([read("biased.mnet"), read("ignored.mnet")]).toEqual([spec(""), before]);
});

test("json is one document whatever happens", async () => {
  for (const args of [["--json"], ["--format", "json"], ["--format=json"]]) {
    const { code, stdout } = await run(["no.mnet", ...args]);
    expect([code, JSON.parse(stdout)]).toMatchObject([
      2,
      { error: { message: "Cannot read no.mnet: it does not exist" } },
    ]);
  }
});

test("wrong options are usage errors", async () => {
  for (const [args, message] of [
    [["--unsafe"], "--unsafe needs --fix"],
    [["--json", "--format", "line"], "--format line is given too"],
    [["--format", "xml"], "Allowed choices are text, json, sarif, github, junit, line"],
    [["--preset", "lax"], 'There is no --preset "lax"'],
    [["--limits", "webgpu-core,voodoo"], 'There is no --limits "voodoo"'],
    [["--max-warnings", "-1"], "Expected a whole number from 0"],
  ] as const) {
    const { code, stderr } = await run(["clean.mnet", ...args]);
    expect(code, stderr).toBe(2);
    expect(stderr).toContain(message);
  }
});
