import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeWholeFile } from "../../src/cli/disk/write-whole-file.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mnet-write-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("a file is replaced, and folders are made", async () => {
  const path = join(folder, "a", "b.txt");
  await writeWholeFile(path, "one");
  await writeWholeFile(path, new TextEncoder().encode("two"));
  expect(readFileSync(path, "utf8")).toBe("two");
});

test.runIf(process.platform !== "win32")("a pipe is written to, and stays one", async () => {
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const reader = spawn("cat", [pipe]);
  const read = new Promise<string>((resolve) => reader.stdout.once("data", (part: Buffer) => resolve(part.toString())));
  await writeWholeFile(pipe, "through");
  expect(await read).toBe("through");
  expect(statSync(pipe).isFIFO()).toBe(true);
});

test("a folder in its place is an error, and stays", async () => {
  writeFileSync(join(folder, "kept"), "");
  await expect(writeWholeFile(folder, "x")).rejects.toThrow(`Cannot write ${folder}`);
  expect(readFileSync(join(folder, "kept"), "utf8")).toBe("");
});
