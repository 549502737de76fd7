import { describe, expect, it } from "vitest";
import { didYouMean, editDistance } from "../../src/text/did-you-mean.ts";

describe("didYouMean", () => {
  it.each([
    ["strid", ["stride", "padding"], "stride"],
    ["stirde", ["stride", "padding"], "stride"],
    ["paramters", ["params", "parameters"], "parameters"],
    ["RELU6", ["relu", "relu6"], "relu6"],
    ["ad", ["add", "mul"], "add"],
    ["kernel", ["filters", "units"], null],
    ["x", ["y"], null],
    ["conv", [], null],
  ])("%s", (word, candidates, expected) => {
    expect(didYouMean(word, candidates)).toBe(expected);
  });
});

describe("editDistance", () => {
  it.each([
    ["", "", 0],
    ["", "abc", 3],
    ["abc", "abc", 0],
    ["abc", "acb", 1],
    ["kitten", "sitting", 3],
    ["ca", "abc", 3],
  ])("of %j and %j is %d", (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });
});
