import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { lint } from "../../src/lint/lint.ts";
import { limitsNamed } from "../../src/targets/webgpu/schedule/named-limits.ts";
import { createSource } from "../../src/text/source.ts";
import { projectRoot } from "../support/cli-process.ts";

const folder = join(projectRoot, "specs");
const read = (name: string) => readFileSync(join(folder, name), "utf8");

// Every preset of every network, which takes a minute.
it.each(["efficientnet.mnet", "resnet.mnet"])("webgpu-core takes every network of %s", (name) => {
  expect(readdirSync(folder)).toContain(name);
  const request = { network: null, set: new Map<string, string>(), read };
  const { diagnostics } = lint(createSource(name, read(name)), request, {
    limits: [limitsNamed("webgpu-core"), limitsNamed("webgpu-compat")],
    measure: false,
  });
  expect(diagnostics.filter(({ code }) => code === "limit-exceeded")).toEqual([]);
});
