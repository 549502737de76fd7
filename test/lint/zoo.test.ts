import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lintSpec, places } from "./spec-lint.ts";

const specs = readdirSync(join(import.meta.dirname, "../../specs")).filter((name) => name.endsWith(".mnet"));

/** What is meant as it stands: a sampler of the language, and a convention that is not ours. */
const meant: Readonly<Record<string, readonly string[]>> = {
  "kitchen_sink.mnet": [
    "49:84 bias-before-bn",
    "67:49 init-out-of-range",
    "80:3 linear-chain",
    "80:3 missing-activation",
    "80:15 pointwise-stride",
  ],
  // Keras has a bias under every batch norm of its ResNets, and the paper's stride on the first 1x1 conv of a unit.
  "resnet.mnet": [
    "116:56 bias-before-bn",
    "129:17 pointwise-stride",
    "130:17 pointwise-stride",
    "131:17 pointwise-stride",
  ],
};

describe("the shipped specs", () => {
  it.each(specs.filter((name) => name !== "mobilenet_v2_tf1.mnet"))("%s is clean", (name) => {
    expect(places(lintSpec(name))).toEqual(meant[name] ?? []);
  });
});
