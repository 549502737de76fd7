import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lintSpec, marked } from "./spec-lint.ts";

const specs = readdirSync(join(import.meta.dirname, "../../specs")).filter((name) => name.endsWith(".mnet"));

/** What is meant as it stands: a sampler of the language, and a convention that is not ours. */
const meant: Readonly<Record<string, readonly string[]>> = {
  "kitchen_sink.mnet": [
    "input-not-stride-aligned: 33",
    "bias-before-bn: bias=true",
    "init-out-of-range: init=constant(0.02)",
    "linear-chain: shortcut 32 s=2",
    "missing-activation: shortcut 32 s=2",
    "pointwise-stride: s=2",
  ],
  // Keras has a bias under every batch norm of its ResNets, and the paper's stride on the first 1x1 conv of a unit.
  "resnet.mnet": ["bias-before-bn: bias=true", "pointwise-stride: 2", "pointwise-stride: 2", "pointwise-stride: 2"],
};

describe("the shipped specs", () => {
  it.each(specs.filter((name) => name !== "mobilenet_v2_tf1.mnet"))("%s is clean", (name) => {
    expect(marked(lintSpec(name))).toEqual(meant[name] ?? []);
  });
});
