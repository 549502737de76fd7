import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { openCli } from "../support/cli-process.ts";

const cli = openCli();

test("a page on standard output, and nothing else", async () => {
  const { code, stdout, stderr } = await cli.run(["report", "specs/tiny.mnet", "--set", "size=64"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^<!doctype html>/);
  expect(stdout).toContain("<li>size = 64</li>");
});

test("--out writes a file, for the network, device and precision asked for", async () => {
  const out = join(dirname(cli.file), "report.html");
  const { code, stdout, stderr } = await cli.run([
    ...["report", "specs/resnet.mnet", "--network", "ResNet34", "--device", "integrated", "--precision", "f16"],
    ...["--out", out],
  ]);
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "", stderr: `${out}: the report of ResNet34\n` });
  const page = readFileSync(out, "utf8");
  expect(page).toContain("<title>ResNet34: report</title>");
  expect(page).toContain("stored as f16");
  expect(page).toContain("device class integrated");
});

test("what does not compile has findings and no page, and a broken assert has both", async () => {
  const broken = await cli.run(["report", "-"], { stdin: "network N {\n  input image [8, 8, 3]\n  conv 3x3\n}\n" });
  expect({ code: broken.code, stdout: broken.stdout }).toEqual({ code: 1, stdout: "" });
  expect(broken.stderr).toContain("error[");
  const spec = "network N {\n  input image [8, 8, 3]\n  conv 3x3 4\n  assert params < 1\n}\n";
  const shown = await cli.run(["report", "-"], { stdin: spec });
  expect(shown.code).toBe(0);
  expect(shown.stdout).toContain("<code>assert/failed</code>");
});
