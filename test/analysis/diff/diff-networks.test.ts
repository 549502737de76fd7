import { describe, expect, it } from "vitest";
import { diffNetworks } from "../../../src/analysis/diff/diff-networks.ts";
import { diffSide, spec } from "./diff-side.ts";

const before = spec("  stem: conv 3x3 8 norm=batch\n  pool avg\n  flatten\n  dense 2");

const compare = (after: string) => diffNetworks(diffSide(before), diffSide(after));

describe("diffNetworks", () => {
  it.each([
    ["nothing", before, []],
    ["a comment", `// hello\n${before}`, []],
    ["another way to say it", before.replace("conv 3x3 8", "conv 3 (2 * 4)"), ["source"]],
    ["an activation", before.replace("norm=batch", "norm=batch act=relu"), ["graph", "source"]],
    ["an eps", before.replace("norm=batch", "norm=batch(eps=1e-5)"), ["graph", "source"]],
    ["a label", before.replace("stem:", "begin:"), ["weights", "graph", "source"]],
    ["filters", before.replace("3x3 8", "3x3 16"), ["weights", "graph", "source"]],
    ["the normalisation", before.replace("std=127.5", "std=1"), ["io", "source"]],
    ["the input", before.replace("[16, 16, 4]", "[20, 20, 4]"), ["io", "graph", "source"]],
    ["the classes", before.replace("dense 2", "dense 3"), ["io", "weights", "graph", "source"]],
  ])("%s", (_, after, classes) => {
    expect(compare(after).classes).toEqual(classes);
  });

  it("counts both sides", () => {
    const { counts } = compare(before.replace("3x3 8", "3x3 16"));
    expect(counts.params).toEqual({ a: 3 * 3 * 4 * 8 + 16 + 18, b: 3 * 3 * 4 * 16 + 32 + 34, delta: 288 + 16 + 16 });
    expect(counts.macs).toEqual({ a: 73_744, b: 147_488, delta: 73_744 });
    expect(counts.peakBytes.delta).toBe(4 * 16 * 16 * 8);
    expect(counts.layers.delta).toBe(0);
  });
});
