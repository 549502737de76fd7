import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NodeId, ShapedGraph } from "../../src/ir/graph.ts";
import { multiplyAdds, type Op } from "../../src/ir/op.ts";
import { indexNodes, inputShapes } from "../../src/ir/graph.ts";
import { printGraph } from "../../src/ir/print.ts";
import { parseGraph } from "../../src/ir/schema.ts";
import { verifyGraph } from "../../src/ir/verify.ts";
import { inferenceGraph, inferencePasses, unmergedGraph } from "../../src/passes/pipeline.ts";
import { expectSameFunction } from "../support/expect-same-function.ts";
import { graphBuilder, type ConvOptions } from "../support/graph-builder.ts";

type Builder = ReturnType<typeof graphBuilder>;
type Branch = (builder: Builder, path: string, from: NodeId) => NodeId;

const conv =
  (filters: number, options: ConvOptions = {}): Branch =>
  (builder, path, from) =>
    builder.norm(path, builder.conv(path, from, filters, { bias: false, ...options }));
const depthwise =
  (options: ConvOptions = {}): Branch =>
  (builder, path, from) =>
    builder.norm(path, builder.depthwise(path, from, options));
const norm: Branch = (builder, path, from) => builder.norm(path, from);
const identity: Branch = (_builder, _path, from) => from;
const average =
  (kernel: 1 | 2 | 3): Branch =>
  (builder, path, from) =>
    builder.push(
      path,
      {
        op: "pool",
        countPadding: false,
        ceil: false,
        mode: "avg",
        kernel: [kernel, kernel],
        stride: [1, 1],
        dilation: [1, 1],
        padding: "valid",
      },
      [from],
    );

/** A network of one sum of branches and what stands after it. */
function sumOf(branches: readonly Branch[], input: readonly [number, number, number], after: "act" | "norm" | "none") {
  const builder = graphBuilder("sum", input);
  const values = branches.map((branch, i) => branch(builder, `path${i + 1}`, builder.input));
  const sum = builder.push("sum", { op: "add" }, values);
  const last = after === "none" ? sum : after === "norm" ? builder.norm("sum", sum) : builder.act("sum", sum, "relu");
  return builder.shaped(last);
}

function infer(graph: ShapedGraph): ShapedGraph {
  const after = inferenceGraph(graph, ({ message }) => {
    throw new Error(message);
  });
  expect(verifyGraph(after)).toEqual([]);
  expectSameFunction(graph, after);
  return after;
}

const opsOf = (graph: ShapedGraph) => graph.nodes.map(({ op }) => op).slice(1);

function work(graph: ShapedGraph): number {
  const index = indexNodes(graph);
  return graph.nodes.reduce((sum, node) => sum + multiplyAdds(node as Op, inputShapes(index, node), node.shape), 0);
}

describe("merge-branches", () => {
  it("makes one conv of RepVGG's three branches, and the activation moves in", () => {
    const graph = infer(sumOf([conv(4, { kernel: 3 }), conv(4), norm], [6, 5, 4], "act"));
    expect(printGraph(graph)).toMatchInlineSnapshot(`
      "network sum
      input input 6x5x4
      nodes
        %0 = input() : 6x5x4                                                                            ; input
        %7 = conv(%0) 3x3x4x4 pads=1,1,1,1 init=zeros bias merge(path1 conv 3x3 at=0,0 fold(path1/norm eps=0.001)) merge(path2 conv 1x1 at=1,1 fold(path2/norm eps=0.001)) merge(input identity 1x1 at=1,1 fold(path3/norm eps=0.001)) act=relu : 6x5x4  ; sum
      outputs
        output = %7  ; sum/act
      "
    `);
    expect(parseGraph(JSON.parse(JSON.stringify(graph)))).toEqual({ graph, problems: [] });
  });

  it.each<[string, readonly Branch[], readonly string[]]>([
    [
      "depthwise convs of several sizes and an identity",
      [depthwise({ kernel: 5 }), depthwise(), identity],
      ["depthwise"],
    ],
    [
      "depthwise convs with a multiplier",
      [depthwise({ multiplier: 2 }), depthwise({ multiplier: 2, kernel: 1 })],
      ["depthwise"],
    ],
    ["groups that divide each other", [conv(8, { kernel: 3, groups: 2 }), conv(8, { groups: 4 })], ["conv"]],
    [
      "a row and a column beside a square",
      [conv(8, { kernel: 3 }), conv(8, { kernel: [1, 3] }), conv(8, { kernel: [3, 1] })],
      ["conv"],
    ],
    [
      "strided branches",
      [conv(8, { kernel: 3, stride: 2, padding: "torch" }), conv(8, { stride: 2, padding: "torch" })],
      ["conv"],
    ],
    ["a dilated conv and a 1x1", [conv(8, { kernel: 3, dilation: 2 }), conv(8), identity], ["conv"]],
    [
      "windows of TensorFlow's same padding",
      [conv(8, { kernel: 3, stride: 2 }), conv(8, { kernel: 5, stride: 2 })],
      ["conv"],
    ],
    ["an average without padding", [conv(8, { kernel: 3, padding: "valid" }), average(3)], ["conv"]],
    ["a sum of three of one kind", [conv(8), conv(8), conv(8)], ["conv"]],
  ])("merges %s", (_name, branches, ops) => {
    const graph = sumOf(branches, [7, 6, 8], "none");
    expect(opsOf(infer(graph))).toEqual(ops);
  });

  it("folds a norm after the sum", () => {
    expect(opsOf(infer(sumOf([conv(4, { kernel: 3 }), conv(4)], [6, 6, 4], "norm")))).toEqual(["conv"]);
  });

  it("merges sums of sums one after the other", () => {
    const builder = graphBuilder("nested", [6, 6, 4]);
    const first = builder.push("first", { op: "add" }, [
      conv(4, { kernel: 3 })(builder, "a", builder.input),
      conv(4)(builder, "b", builder.input),
    ]);
    const graph = infer(builder.shaped(builder.push("second", { op: "add" }, [first, builder.input])));
    expect(opsOf(graph)).toEqual(["conv"]);
  });

  it("subtracts branches of one value in one conv, whichever is first", () => {
    for (const order of [
      [0, 1, 2],
      [1, 2, 0],
      [2, 0, 1],
    ]) {
      const builder = graphBuilder("difference", [6, 5, 4]);
      const values = [
        conv(4, { kernel: 3 })(builder, "a", builder.input),
        conv(4, { bias: true })(builder, "b", builder.input),
        builder.input,
      ];
      const inputs = order.map((at) => values[at] ?? 0);
      expect(opsOf(infer(builder.shaped(builder.push("sub", { op: "sub" }, inputs))))).toEqual(["conv"]);
    }
  });

  it("takes from the first value what it merges of the others", () => {
    const builder = graphBuilder("difference", [6, 5, 4]);
    const first = builder.act("x", conv(4)(builder, "x", builder.input), "relu");
    const others = [conv(4, { kernel: 3 })(builder, "a", builder.input), conv(4)(builder, "b", builder.input)];
    const last = builder.act("y", first, "tanh");
    const inputs = [first, last, ...others];
    const ops = opsOf(infer(builder.shaped(builder.push("sub", { op: "sub" }, inputs))));
    expect(ops).toEqual(["conv", "activation", "conv", "sub"]);
  });

  it("makes one depthwise conv of FastViT's token mixer, whose branches are sums and scaled", () => {
    const builder = graphBuilder("mixer", [6, 5, 4]);
    const mixed = builder.push("mixed", { op: "add" }, [
      depthwise({ kernel: 3 })(builder, "a", builder.input),
      depthwise({ kernel: 1 })(builder, "b", builder.input),
      norm(builder, "c", builder.input),
    ]);
    const difference = builder.push("difference", { op: "sub" }, [mixed, norm(builder, "d", builder.input)]);
    const scaled = builder.push("scale", { op: "scale", factor: null, init: { kind: "ones" } }, [difference]);
    const graph = infer(builder.shaped(builder.push("sum", { op: "add" }, [builder.input, scaled])));
    expect(opsOf(graph)).toEqual(["depthwise"]);
    expect(printGraph(graph)).toContain("merge(input identity 1x1 at=1,1 fold(c/norm eps=0.001) fold(scale scale))");
  });

  it.each<[string, readonly Branch[]]>([
    ["a dense 1x1 beside a wide depthwise conv, which would make it dense", [depthwise({ kernel: 7 }), conv(8)]],
    ["branches of other dilations", [conv(8, { kernel: 3, dilation: 2 }), conv(8, { kernel: 3 })]],
    ["a row beside a column, which would make a square", [conv(8, { kernel: [1, 3] }), conv(8, { kernel: [3, 1] })]],
    ["a norm beside its input, which costs nothing now", [norm, identity]],
  ])("leaves %s", (_name, branches) => {
    expect(opsOf(infer(sumOf(branches, [9, 9, 8], "none")))).toContain("add");
  });

  it("leaves a branch that another node reads, and one with an activation", () => {
    const builder = graphBuilder("kept", [6, 6, 4]);
    const shared = conv(4, { kernel: 3 })(builder, "a", builder.input);
    const active = builder.act("b", conv(4)(builder, "b", builder.input), "relu");
    const sum = builder.push("sum", { op: "add" }, [shared, active]);
    const graph = infer(builder.shaped(builder.push("both", { op: "concat" }, [sum, shared])));
    expect(opsOf(graph)).toEqual(["conv", "conv", "add", "concat"]);
  });

  it("merges what starts at one value and leaves the rest of the sum", () => {
    const builder = graphBuilder("mixed", [6, 6, 4]);
    const before = builder.act("x", conv(4)(builder, "x", builder.input), "relu");
    const sum = builder.push("sum", { op: "add" }, [
      conv(4, { kernel: 3 })(builder, "a", before),
      conv(4)(builder, "b", before),
      builder.input,
    ]);
    const graph = infer(builder.shaped(sum));
    expect(graph.nodes.map(({ path }) => path)).toEqual(["input", "x", "sum/merged1", "sum"]);
  });

  it("keeps the function of random sums, and adds no work", () => {
    const both = (options: ConvOptions) => fc.constantFrom(conv(8, options), depthwise(options));
    const branch = fc.oneof(
      fc.record({ kernel: fc.constantFrom(1, 2, 3, 5), groups: fc.constantFrom(1, 2, 4, 8) }).map((of) => conv(8, of)),
      fc.constantFrom(1, 3, 5).chain((kernel) => both({ kernel, padding: "torch" })),
      fc.constantFrom(norm, identity, identity),
      fc.constantFrom(1, 2).chain((dilation) => both({ kernel: 3, dilation })),
    );
    let merged = 0;
    fc.assert(
      fc.property(
        fc.array(branch, { minLength: 2, maxLength: 5 }),
        fc.constantFrom("act" as const, "norm" as const, "none" as const),
        (branches, after) => {
          const graph = sumOf(branches, [6, 5, 8], after);
          const apart = unmergedGraph(graph, () => undefined);
          const together = infer(graph);
          expect(work(together)).toBeLessThanOrEqual(work(apart));
          if (together.nodes.length < apart.nodes.length) merged += 1;
        },
      ),
      { numRuns: 150, seed: 20210111 },
    );
    expect(merged).toBeGreaterThan(60);
    expect(inferencePasses.map(({ name }) => name)).toContain("merge-branches");
  });
});
