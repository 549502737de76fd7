import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { openCli } from "../support/cli-process.ts";

const cli = openCli();

const spec = "specs/tiny.mnet";

test.each([
  ["svg", /^<svg /],
  ["html", /^<!doctype html>/],
  ["dot", /^digraph /],
  ["mermaid", /^flowchart TD\n/],
])("%s to standard output, and nothing else", async (format, start) => {
  const { code, stdout, stderr } = await cli.run(["graph", spec, "--format", format]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(start);
});

test("--unfold draws every repeat, params are set, --out writes a file", async () => {
  const out = join(dirname(cli.file), "tiny.svg");
  const { code, stdout, stderr } = await cli.run(["graph", spec, "--unfold", "--set", "size=64", "--out", out]);
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "", stderr: `${out}: the graph of Tiny\n` });
  const svg = readFileSync(out, "utf8");
  expect(svg).toContain("bottleneck2_2/expand");
  expect(svg).toContain(">64x64x3<");
});

test("what does not compile has findings and no graph; another format is refused", async () => {
  const broken = await cli.run(["graph", "-"], { stdin: "network N {\n  input image [8, 8, 3]\n  conv 3x3\n}\n" });
  expect(broken.code).toBe(1);
  expect(broken.stdout).toBe("");
  expect(broken.stderr).toContain("error[");
  expect((await cli.run(["graph", spec, "--format", "png"])).code).toBe(2);
});
