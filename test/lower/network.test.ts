import { describe, expect, it } from "vitest";
import { compiled, compileText, findings, network } from "../support/compile-text.ts";

const scaled = `network A {
  param width = 1.0 in 0.5 .. 2.0 step 0.25
  param deep = false
  param fn = relu
  input image [8, 8, 4]
  conv 1x1 (8 * width) act=fn
  if deep { conv 1x1 4 }
}
network Wide = A(width=2.0)
`;

describe("params", () => {
  it("take their default, a preset's value, and over both what is set from outside", () => {
    expect(compiled(scaled).training.params).toEqual({ width: 1, deep: false, fn: "relu" });
    expect(compiled(scaled, { network: "Wide" }).training.params).toEqual({ width: 2, deep: false, fn: "relu" });
    const set = { width: "0.5", deep: "true", fn: "hswish" };
    expect(compiled(scaled, { network: "Wide", set }).training.params).toEqual({
      width: 0.5,
      deep: true,
      fn: "hswish",
    });
  });

  it.each([
    [{ widht: "1" }, '1:9 param/unknown --set names "widht", and network "A" has no such param.'],
    [{ width: "3" }, "2:9 param/range --set width=3 is outside 0.5 .. 2."],
    [{ width: "0.6" }, "2:9 param/range --set width=0.6 is not on the steps of 0.25 from 0.5."],
    [
      { width: "wide" },
      '2:9 param/kind Param "width" is a number by its default, 1, and --set gives the string "wide".',
    ],
    [
      { deep: "1" },
      '3:9 param/kind Param "deep" is true or false by its default, false, and --set gives the number 1.',
    ],
  ])("%j is refused", (set, finding) => {
    expect(findings(scaled, { set: set as unknown as Record<string, string> })).toEqual([finding]);
  });

  it("are refused on the preset's argument where that is wrong", () => {
    expect(findings(scaled.replace("width=2.0)", "width=9)"), { network: "Wide" })).toEqual([
      '9:24 param/range "width" = 9 is outside 0.5 .. 2.',
    ]);
  });
});

describe("networks", () => {
  it("are found by name, with a suggestion", () => {
    const { diagnostics } = compileText(scaled, { network: "Wid" });
    expect(diagnostics.map(({ message, hint }) => [message, hint])).toEqual([
      ['"spec.mnet" declares no network "Wid".', 'Did you mean "Wide"?'],
    ]);
  });

  it("need their input first, and only one", () => {
    expect(findings("network N {\n  conv 1 4\n}\n")).toEqual([
      '2:3 network/no-input Network "N" has no input before its first layer.',
    ]);
    expect(findings(network("input b [4, 4, 1]\nconv 1 4"))).toEqual([
      '3:1 network/second-input A network has one input, and "b" is a second.',
    ]);
  });

  it("read pixel normalisation per channel", () => {
    const { training } = compiled(network("conv 1 4", "input image 8x8x3 mean=[1, 2, 3] std=2"));
    expect(training.input).toEqual({
      name: "image",
      shape: [8, 8, 3],
      normalization: { mean: [1, 2, 3], std: [2, 2, 2] },
    });
  });

  it("read labels from a list or a file beside the spec", () => {
    const list = 'network N labels=["a", "b"] {\n  input image [8, 8, 4]\n  conv 1 2\n}\n';
    expect(compiled(list).training.labels).toEqual(["a", "b"]);
    expect(compiled(list.replace('["a", "b"]', '"l.txt"'), { files: { "l.txt": "x\r\ny\n" } }).training.labels).toEqual(
      ["x", "y"],
    );
    expect(findings(list.replace('["a", "b"]', '"l.txt"'))).toEqual([
      '1:18 network/labels There is no file "l.txt" beside the spec, or it is no UTF-8 text, or it lies outside the project.',
    ]);
  });

  it("return declared outputs, a block's after its residual and a layer's after its activation", () => {
    const body =
      "bottleneck 2 4\noutput a = bottleneck1\noutput b = bottleneck1/project\nlast: conv 1 4 act=relu\noutput c = last";
    const { training } = compiled(network(`default conv norm=batch\n${body}`));
    const pathOf = (id: number) => training.nodes.find((node) => node.id === id)?.path;
    expect(training.outputs.map(({ name, node }) => [name, pathOf(node)])).toEqual([
      ["a", "bottleneck1/add"],
      ["b", "bottleneck1/project/norm"],
      ["c", "last/act"],
      ["output", "last/act"],
    ]);
  });

  it("check asserts and say both numbers", () => {
    expect(
      findings(network('a: conv 1 8\nassert params <= 39 "tiny"\nassert params == 40\nassert shape(a) == [8, 8, 9]')),
    ).toEqual([
      '4:1 assert/failed "params" is 40 trainable weights, and the spec asserts <= 39: tiny.',
      '6:1 assert/failed "shape(a)" is 8x8x8, and the spec asserts == 8x8x9.',
    ]);
  });

  it("check a stated shape", () => {
    expect(findings(network("conv 3 8 stride=2 -> 8x8x8\nflatten -> [128]"))).toEqual([
      "3:22 shape/mismatch The output is 4x4x8, and 8x8x8 is stated.",
    ]);
  });
});

describe("imports", () => {
  const spec = `import "lib/blocks.mnet"\n${network("wide 4")}`;

  it("bring a file's blocks, with the lets they use", () => {
    const files = { "lib/blocks.mnet": "let k = 3\nblock wide(c) {\n  conv k (c * 2)\n}\n" };
    expect(compiled(spec, { files }).training.nodes.at(-1)?.shape).toEqual([8, 8, 8]);
  });

  it("are relative to the importing file", () => {
    const files = {
      "lib/blocks.mnet": 'import "../more.mnet"\nblock wide(c) {\n  more c\n}\n',
      "more.mnet": "block more(c) {\n  conv 1 c\n}\n",
    };
    expect(findings(spec, { files })).toEqual([]);
  });

  it("report faults in their own file", () => {
    const files = { "lib/blocks.mnet": "block wide(c) {\n  convv 1 c\n}\n" };
    expect(findings(spec, { files })).toEqual(['lib/blocks.mnet:2:3 name/unknown-op There is no op or block "convv".']);
  });

  it.each([
    [
      "nowhere.mnet",
      {},
      '1:8 import/not-found There is no file "nowhere.mnet" here, or it is no UTF-8 text, or it lies outside the project.',
    ],
    ["/etc/passwd", {}, '1:8 import/path "/etc/passwd" is no relative path to a file.'],
    ["https://x/y.mnet", {}, '1:8 import/path "https://x/y.mnet" is no relative path to a file.'],
    [
      "a.mnet",
      { "a.mnet": 'import "spec.mnet"\nblock b() {\n  flatten\n}\n' },
      "a.mnet:1:8 import/cycle This import closes a circle: spec.mnet imports a.mnet imports spec.mnet.",
    ],
  ])("of %s are refused", (path, files, finding) => {
    expect(findings(`import "${path}"\n${network("conv 1 4")}`, { files })).toEqual([finding]);
  });
});
