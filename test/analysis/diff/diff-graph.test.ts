import { describe, expect, it } from "vitest";
import { diffGraph, isSameGraph, type GraphDiff } from "../../../src/analysis/diff/diff-graph.ts";
import { diffSide, spec } from "./diff-side.ts";

const before = spec("  stem: conv 3x3 4 norm=batch act=relu\n  bottleneck 6 4\n  last: conv 1x1 8");

function diff(from: string, to: string): GraphDiff {
  return diffGraph(diffSide(from).training, diffSide(to).training);
}

describe("diffGraph", () => {
  it("is empty for the same graph, however it is written", () => {
    const same = before.replace("bottleneck 6 4", "bottleneck c=(2 + 2) t=6 s=1 // as before");
    expect(isSameGraph(diff(before, same))).toBe(true);
  });

  it("names attributes with both values", () => {
    const { changed, added, removed } = diff(
      before,
      before.replace("act=relu", "act=relu6").replace("1x1 8", "1x1 8 padding=torch"),
    );
    expect([added, removed]).toEqual([[], []]);
    expect(changed).toEqual([
      {
        path: "stem/act",
        op: "activation",
        changes: [
          {
            attribute: "activation",
            from: expect.objectContaining({ fn: "relu" }) as unknown,
            to: expect.objectContaining({ fn: "relu6" }) as unknown,
          },
        ],
      },
      { path: "last", op: "conv", changes: [{ attribute: "padding", from: "same", to: "torch" }] },
    ]);
  });

  it("says what a new stride does to the block and to what reads it", () => {
    const { blocks, changed, removed } = diff(before, before.replace("bottleneck 6 4", "bottleneck 6 4 2"));
    expect(blocks).toEqual([
      {
        path: "bottleneck1",
        stride: { from: [1, 1], to: [2, 2] },
        residual: { from: true, to: false, reason: "stride 2" },
      },
    ]);
    expect(removed.map(({ path }) => path)).toEqual(["bottleneck1/add"]);
    expect(changed.find(({ path }) => path === "bottleneck1/depthwise")?.changes).toContainEqual({
      attribute: "stride",
      from: [1, 1],
      to: [2, 2],
    });
    expect(changed.find(({ path }) => path === "last")?.changes).toContainEqual({
      attribute: "inputs",
      from: ["bottleneck1/add"],
      to: ["bottleneck1/project"],
    });
  });

  it("finds added and removed nodes, and another op at a path", () => {
    const after = before.replace("last: conv 1x1 8", "extra: conv 3x3 4\n  last: pool max 2");
    const { added, changed } = diff(before, after);
    expect(added).toEqual([{ path: "extra", op: "conv", shape: [16, 16, 4] }]);
    expect(changed.find(({ path }) => path === "last")?.changes).toContainEqual({
      attribute: "op",
      from: "conv",
      to: "pool",
    });
    expect(diff(after, before).removed.map(({ path }) => path)).toEqual(["extra"]);
  });

  it("takes a renamed layer for renamed, even if its extents changed as well", () => {
    const after = before.replace("stem: conv 3x3 4", "stem: conv 3x3 4 stride=2").replace("last:", "tail:");
    const { renamed, added, removed, outputs } = diff(before, after);
    expect({ renamed, added, removed, outputs }).toEqual({
      renamed: [{ from: "last", to: "tail", op: "conv" }],
      added: [],
      removed: [],
      outputs: [],
    });
  });

  it("finds an output that is another value of the same shape", () => {
    const tapped = `${before.trimEnd().slice(0, -1)}  output tap = stem\n}\n`;
    expect(diff(tapped, tapped.replace("= stem", "= bottleneck1")).outputs).toEqual([
      { name: "tap", from: "stem/act", to: "bottleneck1/add" },
    ]);
  });
});
