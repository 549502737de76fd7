import { describe, expect, it } from "vitest";
import { compiled, findings, network } from "../support/compile-text.ts";

function paths(body: string): readonly string[] {
  return compiled(network(body)).lowered.nodes.map((node) => node.path);
}

describe("paths", () => {
  it("numbers unlabelled layers by name, and leaves labelled ones out of the count", () => {
    expect(paths("conv 1x1 4\nstem: conv 1x1 4\nconv 1x1 4\npool avg 2")).toEqual([
      "image",
      "conv1",
      "stem",
      "conv2",
      "pool1",
    ]);
  });

  it("puts norm and activation under their layer", () => {
    expect(paths("stem: conv 1x1 4 norm=batch act=relu")).toEqual(["image", "stem", "stem/norm", "stem/act"]);
  });

  it("counts rows on over the tables of one name, and repeats after an underscore", () => {
    const body =
      "bottleneck {\n| t | c | n |\n| 1 | 4 | 2 |\n}\nbottleneck {\n| t | c |\n| 1 | 4 |\n}\nwide: bottleneck {\n| t | c |\n| 1 | 8 |\n}";
    expect(compiled(network(body)).lowered.blocks.map((block) => block.path)).toEqual([
      "bottleneck1_1",
      "bottleneck1_2",
      "bottleneck2_1",
      "wide1_1",
    ]);
  });

  it("names paths of a branch by label or number, and the branch itself", () => {
    const body = "branch add {\npath { conv 1x1 4 }\nright: path { conv 1x1 4 }\npath { }\n}";
    expect(paths(body)).toEqual(["image", "branch1/path1/conv1", "branch1/right/conv1", "branch1"]);
  });

  it("counts anew in each block, and opens no scope for an if", () => {
    const body = "se 2\nse 2\nif true { conv 1x1 4 }\nconv 1x1 4";
    const found = paths(body);
    expect(found).toContain("se1/branch1/path2/reduce");
    expect(found).toContain("se2/branch1/path2/reduce");
    expect(found.slice(-2)).toEqual(["conv1", "conv2"]);
  });

  it("refuses the second of two equal paths, naming the first", () => {
    expect(findings(network("a: conv 1x1 4\na: conv 1x1 4"))).toEqual([
      '4:1 name/duplicate-path The path "a" is taken.',
    ]);
    expect(findings(network("conv2: conv 1x1 4\nconv 1x1 4\nconv 1x1 4"))).toEqual([
      '5:1 name/duplicate-path The path "conv2" is taken.',
    ]);
  });

  it("lets the two arms of an if use one label", () => {
    expect(findings(network("if true { a: conv 1x1 4 } else { a: conv 3x3 4 }"))).toEqual([]);
  });
});
