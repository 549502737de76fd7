import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lintSpec, marked } from "./spec-lint.ts";

const specs = readdirSync(join(import.meta.dirname, "../../specs")).filter((name) => name.endsWith(".mnet"));

describe("the shipped specs", () => {
  it.each(specs.filter((name) => name !== "mobilenet_v2_tf1.mnet"))("%s is clean, or says why not", (name) => {
    expect(marked(lintSpec(name))).toEqual([]);
  });
});
