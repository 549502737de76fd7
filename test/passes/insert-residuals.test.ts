import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import type { NodeId, ResidualMode, ShapedGraph } from "../../src/ir/graph.ts";
import { printGraph } from "../../src/ir/print.ts";
import { verifyGraph } from "../../src/ir/verify.ts";
import { insertResiduals } from "../../src/passes/insert-residuals.ts";
import { graphBuilder } from "../support/graph-builder.ts";

type Builder = ReturnType<typeof graphBuilder>;

function run(graph: ShapedGraph): { graph: ShapedGraph; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const after = insertResiduals.run(graph, (diagnostic) => diagnostics.push(diagnostic));
  expect(verifyGraph(after)).toEqual([]);
  return { graph: after, diagnostics };
}

/** One block on a 14x14x8 map; the decision that falls. */
function decide(
  residual: ResidualMode,
  stride: readonly [number, number] | null,
  body: (builder: Builder, from: NodeId) => NodeId,
) {
  const builder = graphBuilder("one", [14, 14, 8]);
  const output = builder.block("b", builder.input, residual, stride, () => body(builder, builder.input));
  const { graph, diagnostics } = run(builder.shaped(output));
  return { decision: graph.blocks[0]?.decision, diagnostics };
}

describe("insert-residuals", () => {
  it("adds the input last, and everyone after the block reads the sum", () => {
    const builder = graphBuilder("net", [8, 8, 4]);
    const sum = builder.block("b1", builder.input, "auto", [1, 1], () =>
      builder.act("b1/project", builder.conv("b1/project", builder.input, 4), "relu6"),
    );
    const second = builder.block("b2", sum, "auto", [2, 2], () => builder.conv("b2/project", sum, 4, { stride: 2 }));
    const shaped = builder.shaped(builder.conv("last", second, 6));
    const tapped: ShapedGraph = {
      ...shaped,
      outputs: [
        { name: "raw", path: "b1/project", node: sum, block: null },
        { name: "block", path: "b1", node: sum, block: 0 },
        ...shaped.outputs,
      ],
      asserts: [
        {
          subject: "shape",
          path: "b1",
          node: sum,
          block: 0,
          operator: "==",
          bound: [8, 8, 4],
          why: null,
          span: shaped.span,
        },
      ],
    };
    const { graph, diagnostics } = run(tapped);
    expect(diagnostics).toEqual([]);
    expect(printGraph(graph)).toMatchInlineSnapshot(`
      "network net
      input input 8x8x4
      nodes
        %0 = input() : 8x8x4                                      ; input
        %1 = conv(%0) 1x1x4x4 pads=0,0,0,0 bias : 8x8x4           ; b1/project
        %2 = activation(%1) relu6 : 8x8x4                         ; b1/project/act
        %5 = add(%2, %0) : 8x8x4                                  ; b1/add
        %3 = conv(%5) 1x1x4x4 stride=2 pads=0,0,0,0 bias : 4x4x4  ; b2/project
        %4 = conv(%3) 1x1x4x6 pads=0,0,0,0 bias : 4x4x6           ; last
      blocks
        b1 = test_block(%0) -> %5 stride=1 residual=auto: added, stride 1, 4 = 4 channels
        b2 = test_block(%5) -> %3 stride=2 residual=auto: not added, stride 2
      outputs
        raw = %2  ; b1/project
        block = %5  ; b1
        output = %4  ; last
      asserts
        shape(b1) == 8x8x4
      "
    `);
    expect(graph.asserts[0]).toMatchObject({ node: graph.blocks[0]?.output });
  });

  it("settles nested blocks that end together from the inside out", () => {
    const builder = graphBuilder("nested", [8, 8, 4]);
    const outer = builder.block("outer", builder.input, "auto", [1, 1], () => {
      const first = builder.conv("outer/first", builder.input, 4);
      return builder.block("outer/inner", first, "auto", [1, 1], () => {
        const second = builder.conv("outer/inner/second", first, 4);
        return builder.block("outer/inner/none", second, "never", [1, 1], () => second);
      });
    });
    const { graph } = run(builder.shaped(outer));
    expect(printGraph(graph)).toMatchInlineSnapshot(`
      "network nested
      input input 8x8x4
      nodes
        %0 = input() : 8x8x4                             ; input
        %1 = conv(%0) 1x1x4x4 pads=0,0,0,0 bias : 8x8x4  ; outer/first
        %2 = conv(%1) 1x1x4x4 pads=0,0,0,0 bias : 8x8x4  ; outer/inner/second
        %3 = add(%2, %1) : 8x8x4                         ; outer/inner/add
        %4 = add(%3, %0) : 8x8x4                         ; outer/add
      blocks
        outer = test_block(%0) -> %4 stride=1 residual=auto: added, stride 1, 4 = 4 channels
        outer/inner = test_block(%1) -> %3 stride=1 residual=auto: added, stride 1, 4 = 4 channels
        outer/inner/none = test_block(%2) -> %2 stride=1 residual=never: not added, residual=never
      outputs
        output = %4  ; outer/inner/second
      "
    `);
  });

  it("lets an empty block after a residual one hand on the sum, and one inside the value before it", () => {
    const builder = graphBuilder("empty", [8, 8, 4]);
    const sum = builder.block("b", builder.input, "auto", [1, 1], () => {
      const conv = builder.conv("b/conv", builder.input, 4);
      return builder.block("b/shortcut", conv, "auto", [1, 1], () => conv);
    });
    const after = builder.block("shortcut", sum, "auto", [1, 1], () => sum);
    const { graph } = run(builder.shaped(after));
    const add = graph.nodes.find(({ path }) => path === "b/add")?.id;
    expect(graph.blocks.map(({ path, input, output }) => ({ path, input, output }))).toEqual([
      { path: "b", input: builder.input, output: add },
      { path: "b/shortcut", input: sum, output: sum },
      { path: "shortcut", input: add, output: add },
    ]);
    expect(graph.outputs[0]?.node).toBe(add);
  });

  it.each<[string, string, ResidualMode, readonly [number, number] | null, (b: Builder, from: NodeId) => NodeId]>([
    ["equal channels", "stride 1, 8 = 8 channels", "auto", [1, 1], (b, from) => b.conv("b/c", from, 8)],
    ["a stride", "stride 2", "auto", [2, 2], (b, from) => b.conv("b/c", from, 8, { stride: 2 })],
    ["a stride along one axis", "stride 1x2", "auto", [1, 2], (b, from) => b.conv("b/c", from, 8, { stride: [1, 2] })],
    ["other channels", "8 to 16 channels", "auto", [1, 1], (b, from) => b.conv("b/c", from, 16)],
    [
      "a smaller map",
      "the map shrinks from 14x14 to 12x12",
      "auto",
      [1, 1],
      (b, from) => b.conv("b/c", from, 8, { kernel: 3, padding: "valid" }),
    ],
    [
      "a larger map",
      "the map grows from 14x14 to 16x16",
      "auto",
      [1, 1],
      (b, from) => b.conv("b/c", from, 8, { padding: [1, 1, 1, 1] }),
    ],
    [
      "a global pool",
      'no stride is left after the global pool "b/p"',
      "auto",
      null,
      (b, from) => b.conv("b/c", b.push("b/p", { op: "global_pool", mode: "avg" }, [from]), 8),
    ],
    [
      "a gate before an upsample",
      'no stride is left after the resize "b/up"',
      "auto",
      null,
      (b, from) => {
        const gate = b.push("b/p", { op: "global_pool", mode: "avg" }, [from]);
        const scaled = b.push("b/mul", { op: "mul" }, [from, gate]);
        return b.push("b/up", { op: "resize", to: { factor: [1, 1] }, mode: "nearest", coordinates: "half_pixel" }, [
          scaled,
        ]);
      },
    ],
    [
      "paths that disagree",
      "its paths disagree about the stride",
      "auto",
      null,
      (b, from) =>
        b.push("b/join", { op: "concat" }, [
          b.conv("b/x", from, 4, { stride: 2 }),
          b.conv("b/y", from, 4, { kernel: 8, padding: "valid" }),
        ]),
    ],
    ["never", "residual=never", "never", [1, 1], (b, from) => b.conv("b/c", from, 8)],
    ["an empty block", "the block has no layers", "auto", [1, 1], (_b, from) => from],
  ])("says why: %s", (_what, reason, residual, stride, body) => {
    const { decision, diagnostics } = decide(residual, stride, body);
    expect(decision).toEqual({ inserted: reason.startsWith("stride 1,"), reason });
    expect(diagnostics).toEqual([]);
  });

  it("reports residual=always that cannot hold", () => {
    const { decision, diagnostics } = decide("always", [2, 2], (b, from) => b.conv("b/c", from, 8, { stride: 2 }));
    expect(decision).toEqual({ inserted: false, reason: "stride 2" });
    expect(diagnostics).toMatchObject([
      {
        code: "residual/impossible",
        severity: "error",
        message: 'Block "b" says residual=always, but its input cannot be added to its output: stride 2.',
      },
    ]);
  });

  it("adds under residual=always if it can", () => {
    const { decision, diagnostics } = decide("always", [1, 1], (b, from) => b.conv("b/c", from, 8));
    expect(decision?.inserted).toBe(true);
    expect(diagnostics).toEqual([]);
  });

  it("reports a layer that already has the sum's path", () => {
    const builder = graphBuilder("taken", [4, 4, 4]);
    const output = builder.block("b", builder.input, "auto", [1, 1], () => builder.conv("b/add", builder.input, 4));
    const codes: string[] = [];
    insertResiduals.run(builder.shaped(output), ({ code }) => codes.push(code));
    expect(codes).toEqual(["name/duplicate-path"]);
  });

  it("returns the same graph where there are no blocks", () => {
    const builder = graphBuilder("plain", [4, 4, 3]);
    const graph = builder.shaped(builder.conv("c", builder.input, 3));
    expect(run(graph).graph).toBe(graph);
  });
});
