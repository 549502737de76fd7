import { describe, expect, it } from "vitest";
import { diffWeights } from "../../../src/analysis/diff/diff-weights.ts";
import { diffSide, spec } from "./diff-side.ts";

const before = spec("  stem: conv 3x3 8\n  mid: conv 3x3 8\n  last: conv 1x1 4");

function changes(after: string): readonly string[] {
  const diff = diffWeights(diffSide(before).training, diffSide(after).training);
  return diff.changes.map(({ change, name, newName }) => `${change} ${name}${newName === null ? "" : ` ${newName}`}`);
}

describe("diffWeights", () => {
  it("loads all where nothing changed", () => {
    const { training } = diffSide(before);
    expect(diffWeights(training, training)).toEqual({
      loads: { tensors: 6, elements: 3 * 3 * 4 * 8 + 8 + 3 * 3 * 8 * 8 + 8 + 8 * 4 + 4 },
      checkpoint: { tensors: 6, elements: 3 * 3 * 4 * 8 + 8 + 3 * 3 * 8 * 8 + 8 + 8 * 4 + 4 },
      needed: 6,
      changes: [],
    });
  });

  it("takes the same shape in the same place for renamed", () => {
    expect(changes(before.replace("mid:", "middle:"))).toEqual([
      "renamed mid/kernel middle/kernel",
      "renamed mid/bias middle/bias",
    ]);
    // The shapes are the same, but on the other side of a layer that stayed.
    const moved = spec("  stem: conv 3x3 8\n  last: conv 1x1 4\n  behind: conv 3x3 8");
    expect(changes(moved)).toEqual([
      "removed mid/kernel",
      "removed mid/bias",
      "added behind/kernel behind/kernel",
      "added behind/bias behind/bias",
    ]);
  });

  it("takes no weight for renamed if its layer has changed otherwise", () => {
    expect(changes(before.replace("mid: conv 3x3 8", "middle: conv 5x5 8"))).toEqual([
      "removed mid/kernel",
      "removed mid/bias",
      "added middle/kernel middle/kernel",
      "added middle/bias middle/bias",
    ]);
  });

  it("gives both shapes of what was reshaped, and says what still loads", () => {
    const after = spec("  stem: conv 3x3 8\n  mid: conv 3x3 12\n  last: conv 1x1 4");
    const { loads, checkpoint, changes: found } = diffWeights(diffSide(before).training, diffSide(after).training);
    expect(loads).toEqual({ tensors: 3, elements: 3 * 3 * 4 * 8 + 8 + 4 });
    expect(checkpoint.tensors).toBe(6);
    expect(found.map(({ name, shape, newShape, reason }) => [name, shape, newShape, reason])).toEqual([
      ["mid/kernel", [3, 3, 8, 8], [3, 3, 8, 12], "its shape is 3x3x8x12 now and was 3x3x8x8"],
      ["mid/bias", [8], [12], "its shape is 12 now and was 8"],
      ["last/kernel", [1, 1, 8, 4], [1, 1, 12, 4], "its shape is 1x1x12x4 now and was 1x1x8x4"],
    ]);
  });

  it("lists what was removed and added", () => {
    expect(changes(before.replace("mid: conv 3x3 8", "mid: depthwise 3x3"))).toEqual([
      "reshaped mid/kernel mid/kernel",
    ]);
    expect(changes(before.replace("  mid: conv 3x3 8\n", ""))).toEqual(["removed mid/kernel", "removed mid/bias"]);
    expect(changes(before.replace("last:", "extra: conv 1x1 8 bias=false\n  last:"))).toEqual([
      "added extra/kernel extra/kernel",
    ]);
  });

  it("is silent about what only trains or computes otherwise", () => {
    expect(changes(before.replace("mid: conv 3x3 8", "mid: conv 3x3 8 act=relu padding=torch init=zeros"))).toEqual([]);
  });
});
