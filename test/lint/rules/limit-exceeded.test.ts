import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lint } from "../../../src/lint/lint.ts";
import { WEBGPU_CORE, type LimitProfile } from "../../../src/targets/webgpu/schedule/limits.ts";
import { limitsNames, limitsNamed } from "../../../src/targets/webgpu/schedule/named-limits.ts";
import { createSource } from "../../../src/text/source.ts";
import { projectRoot } from "../../support/cli-process.ts";
import { lintReport } from "../lint-text.ts";

const table = `block unit(c, first s = 1) {
  conv 3x3 c stride=s act=relu padding=torch
  conv 5x5 c act=relu padding=torch
}

network N {
  input image [1024, 1024, 3]
  unit {
    |  c | s |
    | 16 | 1 |
    | 64 | 1 |
    | 16 | 4 |
  }
  pool avg
  flatten
  dense 10
}
`;

function findings(text: string, ...limits: readonly LimitProfile[]): readonly (readonly [string, string])[] {
  const { diagnostics } = lintReport(text, { limits });
  return diagnostics
    .filter(({ code }) => code === "limit-exceeded")
    .map(({ message, span }) => [text.slice(span.start, span.end), message]);
}

describe("limit-exceeded", () => {
  it("stands on the row with the layers that a device would refuse, and needs a profile", () => {
    expect(findings(table)).toEqual([]);
    expect(findings(table, limitsNamed("webgpu-core"))).toEqual([
      [
        "| 64 | 1 |",
        '"unit2_1/conv1" needs 268435456 bytes of activations in one binding, and webgpu-core grants 134217728; 1 more here.',
      ],
    ]);
    expect(findings(table, limitsNamed("apple-m"))).toEqual([]);
  });

  it("holds to every profile that is named", () => {
    const small = { ...WEBGPU_CORE, name: "small", maxStorageBufferBindingSize: 2 ** 26 - 1 };
    expect(findings(table, limitsNamed("apple-m"), small).map(([row]) => row)).toEqual(["| 16 | 1 |", "| 64 | 1 |"]);
  });

  it("knows workgroups in a dimension and workgroup memory", () => {
    const tight = { ...WEBGPU_CORE, name: "tight", maxComputeWorkgroupsPerDimension: 100 };
    expect(findings(table, tight)[0]?.[1]).toMatch(/workgroups in one dimension, and tight grants 100/);
    const noMemory = { ...WEBGPU_CORE, name: "bare", maxComputeWorkgroupStorageSize: 0 };
    expect(findings(table.replaceAll("1024", "64"), noMemory).at(-1)?.[1]).toMatch(
      /bytes of workgroup memory, and bare grants 0/,
    );
  });
});

describe("profiles by name", () => {
  it("are named once and say where they are from", () => {
    expect(new Set(limitsNames).size).toBe(limitsNames.length);
    for (const name of limitsNames) {
      const { about, source, ...limits } = limitsNamed(name);
      expect(about.length).toBeGreaterThan(5);
      expect(source.length).toBeGreaterThan(20);
      // No profile grants less than WebGPU's compatibility mode.
      for (const [key, value] of Object.entries(limitsNamed("webgpu-compat"))) {
        if (typeof value !== "number") continue;
        expect(limits[key as keyof typeof limits], `${name} ${key}`).toBeGreaterThanOrEqual(value);
      }
    }
  });

  // Every network of a spec is planned for every profile, which takes long on a busy machine.
  it.each(["mobilenet_v2", "squeezenet"])("none refuses %s", { timeout: 120_000 }, (spec) => {
    const path = join(projectRoot, "specs", `${spec}.mnet`);
    const request = { network: null, set: new Map<string, string>(), read: () => null };
    const report = lint(createSource(`${spec}.mnet`, readFileSync(path, "utf8")), request, {
      limits: limitsNames.map(limitsNamed),
      measure: false,
    });
    expect(report.diagnostics.filter(({ code }) => code === "limit-exceeded")).toEqual([]);
  });
});
