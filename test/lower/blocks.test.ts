import { describe, expect, it } from "vitest";
import { compiled, findings, network } from "../support/compile-text.ts";

function strides(text: string) {
  return compiled(text).lowered.blocks.map((block) => [block.path, block.stride]);
}

describe("blocks", () => {
  it("apply a first parameter to the first repeat only", () => {
    const text = network("bottleneck {\n| t | c | n | s |\n| 1 | 8 | 3 | 2 |\n}");
    expect(strides(text)).toEqual([
      ["bottleneck1_1", [2, 2]],
      ["bottleneck1_2", [1, 1]],
      ["bottleneck1_3", [1, 1]],
    ]);
  });

  it("see their file's lets and their own, never the network's", () => {
    const text = `let k = 3\nblock b(c) {\n  let d = c * 2\n  conv k d\n}\n${network("let hidden = 5\nb 4")}`;
    expect(findings(text)).toEqual([]);
    expect(findings(`block b() {\n  conv hidden 4\n}\n${network("let hidden = 5\nb")}`)).toEqual([
      '2:8 name/unknown-value There is no value "hidden" here.',
    ]);
  });

  it("evaluate defaults of parameters in the block, after those before", () => {
    const text = `block b(c, d = c + in.c) {\n  conv 1 d\n}\n${network("b 4")}`;
    expect(compiled(text).training.nodes.at(-1)?.shape).toEqual([8, 8, 8]);
  });

  it("multiply strides along the way, and leave none after a global pool", () => {
    const text = `block b() {\n  conv 3 4 stride=2\n  pool max 2\n}\nblock c() {\n  pool avg\n}\n${network("b\nc")}`;
    expect(strides(text)).toEqual([
      ["b1", [4, 4]],
      ["c1", null],
    ]);
  });

  it("ask the paths of a branch to agree, but not the scale of a mul", () => {
    const text = `block b() {\n  branch add {\n    path { conv 3 4 stride=2 }\n    path { pool max 2\n conv 1 4 stride=1 }\n  }\n}\n${network("b\nse 2")}`;
    expect(strides(text)).toEqual([
      ["b1", [2, 2]],
      ["se1", [1, 1]],
    ]);
  });

  it("do not ask the scale of a mul on a map of one pixel either", () => {
    expect(strides(network("pool avg 8\nse 2"))).toEqual([["se1", [1, 1]]]);
  });

  it("replace the library's by the file's own", () => {
    const text = `block se(r) {\n  conv 1 r\n}\n${network("se 6")}`;
    expect(compiled(text).training.nodes.at(-1)?.shape).toEqual([8, 8, 6]);
  });

  it("refuse to contain themselves, directly or not", () => {
    expect(findings(`block a() {\n  b\n}\nblock b() {\n  if false { a }\n}\n${network("a")}`)).toEqual([
      "5:14 block/recursion A block cannot contain itself: a uses b uses a.",
    ]);
  });

  it("stop expanding at the limit", () => {
    const text = `block a() {\n  conv 1 1\n}\nblock b() {\n  a {\n    | n |\n    | 1000 |\n  }\n}\n${network("b {\n| n |\n| 100 |\n}")}`;
    expect(findings(text)).toEqual([
      "14:1 limit/pieces The network grows past 50000 layers, branches, paths and block instances here.",
    ]);
  });
});

describe("residuals", () => {
  const decisions = (text: string) =>
    compiled(text).training.blocks.map((block) => [block.path, block.decision?.inserted]);

  it("stand where stride is 1 and channels agree, unless the use or row says otherwise", () => {
    const body =
      "bottleneck {\n| t | c | s | residual |\n| 2 | 4 | 1 |          |\n| 2 | 4 | 2 | auto     |\n| 2 | 8 | 1 |          |\n| 2 | 8 | 1 | never    |\n}\nbottleneck 2 8 residual=never\nbottleneck 2 8";
    expect(decisions(network(body))).toEqual([
      ["bottleneck1_1", true],
      ["bottleneck2_1", false],
      ["bottleneck3_1", false],
      ["bottleneck4_1", false],
      ["bottleneck1", false],
      ["bottleneck2", true],
    ]);
  });

  it("are not inserted on a 1x1 map with stride 2, though its shape stays", () => {
    expect(decisions(network("bottleneck 1 4 2", "input image [1, 1, 4]"))).toEqual([["bottleneck1", false]]);
  });

  it("are an error where always cannot hold", () => {
    expect(findings(network("bottleneck 2 8 residual=always")).map((finding) => finding.split(" ")[1])).toEqual([
      "residual/impossible",
    ]);
  });
});

describe("branches", () => {
  it("start a path from an earlier label of the same body", () => {
    const body = "a: conv 1 4\nb: conv 3 4\nbranch add {\npath { }\npath from=a { }\n}";
    const { lowered } = compiled(network(body));
    const join = lowered.nodes.at(-1);
    expect(join?.inputs.map((id) => lowered.nodes[id]?.path)).toEqual(["b", "a"]);
  });

  it.each([
    ["branch add {\npath { }\npath from=nowhere { }\n}", '5:11 name/unknown-label There is no value "nowhere" above.'],
    [
      "branch add {\npath { }\npath { conv 1 3 }\n}",
      '3:1 shape/join "add" requires equal shapes: path 1 gives 8x8x4, path 2 gives 8x8x3.',
    ],
    [
      "branch concat {\npath { }\npath { pool max 2 }\n}",
      '3:1 shape/join "concat" requires maps of equal size: path 1 gives 8x8x4, path 2 gives 4x4x4.',
    ],
  ])("%s is refused", (body, finding) => {
    expect(findings(network(body))).toEqual([finding]);
  });
});
