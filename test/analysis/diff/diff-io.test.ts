import { describe, expect, it } from "vitest";
import { diffIo } from "../../../src/analysis/diff/diff-io.ts";
import { diffSide, spec } from "./diff-side.ts";

const body = "  stem: conv 3x3 8\n  pool avg\n  flatten\n  dense 2\n  output features = stem";
const before = spec(body);

function changes(from: string, to: string): readonly string[] {
  return diffIo(diffSide(from).training, diffSide(to).training).map(
    (change) =>
      `${change.what}${change.name === null ? "" : ` ${change.name}`}: ${change.from ?? "-"} => ${change.to ?? "-"}`,
  );
}

describe("diffIo", () => {
  it("finds nothing where callers notice nothing", () => {
    expect(
      changes(
        before,
        before.replace("3x3 8", "5x5 8 act=relu").replace("stem:", "begin:").replace("= stem", "= begin"),
      ),
    ).toEqual([]);
  });

  it.each([
    ["[16, 16, 4]", "[32, 16, 4]", ["input shape: 16x16x4 => 32x16x4", "output shape features: 16x16x8 => 32x16x8"]],
    ["image", "photo", ["input name: image => photo"]],
    ["mean=127.5", "mean=[1, 2, 3, 4]", ["input normalisation: mean 127.5 std 127.5 => mean 1, 2, 3, 4 std 127.5"]],
    [" mean=127.5 std=127.5", "", ["input normalisation: mean 127.5 std 127.5 => -"]],
    ["dense 2", "dense 3", ["output shape output: 2 => 3"]],
    ["output features", "output maps", ["output features: 16x16x8 => -", "output maps: - => 16x16x8"]],
    ["  output features = stem", "", ["output features: 16x16x8 => -"]],
  ])("%s becomes %s", (from, to, expected) => {
    expect(changes(before, before.replace(from, to))).toEqual(expected);
  });

  it("compares labels", () => {
    const labelled = (labels: string): string => before.replace("network N", `network N labels=${labels}`);
    expect(changes(before, labelled('["cat", "dog"]'))).toEqual(["labels: - => 2 labels"]);
    expect(changes(labelled('["cat", "dog"]'), labelled('["cat", "fox"]'))).toEqual([
      'labels: label 1 "dog" => label 1 "fox"',
    ]);
    expect(changes(labelled('["cat", "dog"]'), labelled('["dog", "cat"]'))).toEqual([
      'labels: label 0 "cat" => label 0 "dog", and 1 others',
    ]);
    expect(changes(labelled('["cat", "dog"]'), labelled('["cat", "dog"]'))).toEqual([]);
  });

  it("finds the same outputs in another order", () => {
    const two = spec(`${body}\n  output early = stem`);
    const swapped = two.replace(
      "output features = stem\n  output early = stem",
      "output early = stem\n  output features = stem",
    );
    expect(changes(two, swapped)).toEqual(["order of outputs: features, early, output => early, features, output"]);
  });
});
