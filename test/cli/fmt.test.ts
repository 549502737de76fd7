import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { openCli } from "../support/cli-process.ts";

const cli = openCli();
let folder: string;
const run = (args: readonly string[], stdin = "") => cli.run(["fmt", ...args], { cwd: folder, stdin });
const read = (name: string) => readFileSync(join(folder, name), "utf8");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mnet-fmt-"));
  mkdirSync(join(folder, "nets", "node_modules"), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return () => {
    rmSync(folder, { recursive: true });
  };
});

const untidy = "\uFEFFblock b( c ){\r\n  conv 1x1 c // kept\r\n}\r\n";
const tidy = "\uFEFFblock b(c) {\r\n  conv 1x1 c // kept\r\n}\r\n";
const broken = "block b( c ){\n  conv 5k\n}\n";
const files = {
  "nets/tidy.mnet": tidy,
  "nets/untidy.mnet": untidy,
  "nets/broken.mnet": broken,
  "nets/other.txt": untidy,
  "nets/node_modules/foreign.mnet": untidy,
};

test("writes in place what is not formatted, lists it, and leaves what has syntax errors", async () => {
  chmodSync(join(folder, "nets", "untidy.mnet"), 0o640);
  const { code, stdout, stderr } = await run(["nets"]);
  expect([code, stdout]).toEqual([1, "nets/untidy.mnet\n"]);
  expect(stderr).toContain("--> nets/broken.mnet:2:8");
  expect(stderr).toContain("1 of 3 files formatted\n");
  expect(read("nets/untidy.mnet")).toBe(tidy);
  expect(statSync(join(folder, "nets", "untidy.mnet")).mode & 0o777).toBe(0o640);
  for (const name of ["nets/broken.mnet", "nets/other.txt", "nets/node_modules/foreign.mnet"] as const) {
    expect(read(name)).toBe(files[name]);
  }
  expect(await run(["nets/untidy.mnet"])).toEqual({ code: 0, stdout: "", stderr: "0 of 1 file formatted\n" });
});

test("--check lists and writes nothing", async () => {
  const result = await run(["--check", "nets/tidy.mnet", "nets/untidy.mnet"]);
  expect([result.code, result.stdout]).toEqual([1, "nets/untidy.mnet\n"]);
  expect(read("nets/untidy.mnet")).toBe(untidy);
  expect((await run(["--check", "nets/tidy.mnet"])).code).toBe(0);
});

test("--diff shows what would change, as patch reads it, and writes nothing", async () => {
  const { code, stdout } = await run(["--diff", "nets/tidy.mnet", "nets/untidy.mnet"]);
  expect(code).toBe(0);
  expect(stdout).toBe(
    `--- a/nets/untidy.mnet\n+++ b/nets/untidy.mnet\n@@ -1,3 +1,3 @@\n-${untidy.split("\n")[0] ?? ""}\n+${tidy.split("\n")[0] ?? ""}\n   conv 1x1 c // kept\r\n }\r\n`,
  );
  expect(read("nets/untidy.mnet")).toBe(untidy);
  expect((await run(["--diff", "--check", "nets/untidy.mnet"])).code).toBe(1);
});

test("- reads stdin and writes stdout", async () => {
  expect(await run(["-"], untidy)).toEqual({ code: 0, stdout: tidy, stderr: "" });
  const failed = await run(["-"], broken);
  expect([failed.code, failed.stdout]).toEqual([1, ""]);
  expect(failed.stderr).toContain("--> <stdin>:2:8");
  expect(await run(["--check", "-"], untidy)).toMatchObject({ code: 1, stdout: "<stdin>\n" });
  expect((await run(["-", "nets"])).code).toBe(2);
});

test("--json says what changed and what was found", async () => {
  const { code, stdout } = await run(["nets", "--json"]);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    schemaVersion: 1,
    files: [
      { file: "nets/broken.mnet", changed: false },
      { file: "nets/tidy.mnet", changed: false },
      { file: "nets/untidy.mnet", changed: true },
    ],
    findings: [{ code: "syntax/bad-number", file: "nets/broken.mnet", line: 2 }],
  });
  expect(JSON.parse((await run(["-", "--json"], untidy)).stdout)).toMatchObject({
    files: [{ file: "<stdin>", changed: true, text: tidy }],
  });
});

test("a folder without specs, and what is not there, are usage errors", async () => {
  expect(await run(["nets/node_modules/.."])).toMatchObject({ code: 1 });
  mkdirSync(join(folder, "empty"));
  expect(await run(["empty"])).toMatchObject({ code: 2, stdout: "" });
  expect((await run(["no.mnet"])).stderr).toContain("Cannot read no.mnet: it does not exist");
});
