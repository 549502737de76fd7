import { describe, expect, it } from "vitest";
import type { Node } from "../../src/ir/graph.ts";
import { compiled, findings, network } from "../support/compile-text.ts";

function node(body: string, path: string): Node {
  const found = compiled(network(body)).lowered.nodes.find((candidate) => candidate.path === path);
  if (found === undefined) throw new Error(`no node ${path}`);
  return found;
}

describe("attributes of a layer", () => {
  it("defaults to a plain conv with bias", () => {
    expect(node("a: conv 3x3 8", "a")).toMatchObject({
      op: "conv",
      kernel: [3, 3],
      stride: [1, 1],
      dilation: [1, 1],
      padding: "same",
      groups: 1,
      bias: true,
      init: { kind: "he_normal" },
    });
  });

  it("drops the bias under its own norm, unless told to keep it", () => {
    expect(node("a: conv 3 8 norm=batch", "a")).toMatchObject({ bias: false });
    expect(node("a: conv 3 8 norm=batch bias=true", "a")).toMatchObject({ bias: true });
    expect(node("a: conv 3 8 norm=none bias=false", "a")).toMatchObject({ bias: false });
  });

  it("reads pairs, lists and settings", () => {
    expect(
      node(
        "let k = 5\na: conv [k, 1] 8 stride=[2, 1] dilation=1 padding=[1, 2, 0, 0] init=normal(stddev=0.5) bias_init=constant(0.1)",
        "a",
      ),
    ).toMatchObject({
      kernel: [5, 1],
      stride: [2, 1],
      padding: [1, 2, 0, 0],
      init: { kind: "normal", stddev: 0.5 },
      biasInit: { kind: "constant", value: 0.1 },
    });
    expect(node("a: conv 1 8 norm=batch(1e-5, momentum=0.9, center=false)", "a/norm")).toMatchObject({
      eps: 1e-5,
      momentum: 0.9,
      scale: true,
      center: false,
    });
  });

  it("passes symbols through values and parameters", () => {
    expect(node("let hs = select(false, relu, hswish)\na: conv 1 8 act=hs", "a/act")).toMatchObject({
      activation: { fn: "hswish" },
    });
    expect(node("a: classifier 8 act=softmax", "a/dense/act")).toMatchObject({ activation: { fn: "softmax" } });
  });

  it("makes a pool without a kernel global, and strides by the kernel otherwise", () => {
    expect(node("pool max", "pool1")).toMatchObject({ op: "global_pool", mode: "max" });
    expect(node("pool avg 2", "pool1")).toMatchObject({
      op: "pool",
      countPadding: false,
      ceil: false,
      kernel: [2, 2],
      stride: [2, 2],
      padding: "valid",
    });
    expect(findings(network("pool avg stride=2"))).toEqual([
      '3:17 attribute/unused A pool without a kernel is global, and has no "stride".',
    ]);
  });

  it.each([
    ["conv 3x3 8 kernel=3", '3:12 name/unknown-attribute "conv" takes "kernel" by position, not by name.'],
    ["conv 3x3x3 8", '3:6 attribute/value Expected one number or two for "kernel", found the list [3, 3, 3].'],
    [
      "conv 3x3 8 padding=[1, 2]",
      '3:20 attribute/value Expected four numbers in a list for "padding", found the list [1, 2].',
    ],
    ["conv 3x3 8 norm=batch(eps=0)", '3:27 attribute/value Expected a number above 0 for "eps", found 0.'],
    ["conv 3x3 8 norm=batch(epz=1)", '3:27 attribute/setting "batch" has no setting "epz".'],
    ["conv 3x3 8 init=normal", '3:17 attribute/setting "normal" needs its stddev, but none is given.'],
    ["conv 3x3 8 act=silu", '3:16 name/unknown-value "act" takes no "silu".'],
    ["conv 3x3 8 bias=none", '3:17 attribute/value Expected true, false or auto for "bias", found the symbol none.'],
    ["dropout 1", '3:9 attribute/value Expected a number from 0 up to but not 1 for "rate", found 1.'],
    ["conv 3x3 70000", '3:10 value/not-whole Expected a whole number from 1 to 65536 for "filters", found 70000.'],
  ])("%s is refused", (body, finding) => {
    expect(findings(network(body))).toEqual([finding]);
  });
});

describe("defaults", () => {
  it("hold for what follows, attribute by attribute, the nearest winning", () => {
    const body =
      "a: conv 1 8\ndefault conv norm=batch act=relu\nb: conv 1 8\ndefault conv act=relu6\nc: conv 1 8 act=tanh\nd: conv 1 8";
    const acts = ["b", "c", "d"].map(
      (path) => (node(body, `${path}/act`) as { activation?: { fn: string } }).activation?.fn,
    );
    expect(acts).toEqual(["relu", "tanh", "relu6"]);
    expect(node(body, "a")).toMatchObject({ bias: true });
    expect(node(body, "d")).toMatchObject({ bias: false });
  });

  it("reach into blocks, whose own defaults and statements win", () => {
    const text = `block b() {\n  a: conv 1 4\n  default conv act=gelu\n  c: conv 1 4\n}\n${network("default conv act=relu\nx: b")}`;
    const acts = compiled(text).lowered.nodes.flatMap((found) =>
      found.op === "activation" ? [found.activation.fn] : [],
    );
    expect(acts).toEqual(["relu", "gelu"]);
  });

  it.each([
    ["default conv stride=2", '3:14 name/unknown-attribute A default of "conv" has no attribute "stride".'],
    ["default dropout act=relu", '3:9 name/unknown-op There are no defaults for "dropout".'],
  ])("%s is refused", (body, finding) => {
    expect(findings(network(`${body}\nconv 1 4`))).toEqual([finding]);
  });
});
