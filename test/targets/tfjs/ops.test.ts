import { beforeAll, describe, expect, it } from "vitest";
import { activationNames } from "../../../src/ir/activation.ts";
import { axisOrders } from "../../../src/ir/ops/permute.ts";
import type { NodeId, ShapedGraph } from "../../../src/ir/graph.ts";
import { transposedConvs } from "../../support/transposed-convs.ts";
import { normOps } from "../../support/norm-ops.ts";
import { shapeOps } from "../../support/shape-ops.ts";
import { graphBuilder, type ConvOptions } from "../../support/graph-builder.ts";
import { disagreements, useCpu } from "./emitted-model.ts";

beforeAll(useCpu);

type Builder = ReturnType<typeof graphBuilder>;

/** A network of one op on a map of odd extents. */
function oneOp(build: (g: Builder) => NodeId, input: readonly [number, number, number] = [7, 5, 6]): ShapedGraph {
  const g = graphBuilder("One", input);
  return g.shaped(build(g));
}

const convs: Readonly<Record<string, ConvOptions>> = {
  "1x1": { kernel: 1 },
  "3x3 same, stride 2": { kernel: 3, stride: 2 },
  "3x3 valid, stride 3": { kernel: 3, stride: 3, padding: "valid" },
  "3x2, stride 2x1": { kernel: [3, 2], stride: [2, 1] },
  "torch, stride 2": { kernel: 3, stride: 2, padding: "torch" },
  "torch 4x4": { kernel: 4, padding: "torch" },
  "pads of its own": { kernel: 3, padding: [2, 0, 1, 3] },
  "pads on one axis": { kernel: [1, 3], padding: [0, 0, 1, 1], stride: 2 },
  "dilation 2": { kernel: 3, dilation: 2 },
  "dilation 2 and stride 2": { kernel: 3, dilation: 2, stride: 2 },
  "dilation 3x1, valid": { kernel: [3, 3], dilation: [3, 1], padding: "valid" },
  "dilation 2, torch, stride 3": { kernel: 3, dilation: 2, padding: "torch", stride: 3 },
  "no bias": { kernel: 3, bias: false },
};

describe("conv", () => {
  it.each(Object.entries(convs))("%s", async (_name, options) => {
    expect(await disagreements(oneOp((g) => g.conv("conv", g.input, 4, options)))).toEqual([]);
  });
  it.each(Object.entries(convs))("%s in three groups", async (_name, options) => {
    expect(await disagreements(oneOp((g) => g.conv("conv", g.input, 9, { ...options, groups: 3 })))).toEqual([]);
  });
  it.each(Object.entries(convs))("depthwise: %s", async (_name, options) => {
    expect(await disagreements(oneOp((g) => g.depthwise("dw", g.input, options)))).toEqual([]);
  });
  it.each(Object.entries(convs))("depthwise with multiplier 2: %s", async (_name, options) => {
    expect(await disagreements(oneOp((g) => g.depthwise("dw", g.input, { ...options, multiplier: 2 })))).toEqual([]);
  });
});

describe("transposed conv", () => {
  it.each(transposedConvs)("%s", async (_name, options) => {
    expect(await disagreements(oneOp((g) => g.convTranspose("up", g.input, 4, options)))).toEqual([]);
  });
  it.each(transposedConvs)("%s in three groups", async (_name, options) => {
    expect(await disagreements(oneOp((g) => g.convTranspose("up", g.input, 9, { ...options, groups: 3 })))).toEqual([]);
  });
});

describe("norms by the sample's own numbers, scales and shifts", () => {
  it.each(shapeOps)("%s", async (_name, op) => {
    expect(await disagreements(oneOp((g) => g.push("op", op, [g.input])))).toEqual([]);
  });
  it.each(normOps)("%s", async (_name, op) => {
    const alone = oneOp((g) => g.push("norm", op, [g.input]));
    const ofConv = oneOp((g) => g.push("conv/norm", op, [g.conv("conv", g.input, 6)]));
    expect([...(await disagreements(alone)), ...(await disagreements(ofConv))]).toEqual([]);
  });
});

describe("pool", () => {
  const windows = [
    { kernel: [2, 2], stride: [2, 2], padding: "valid" },
    { kernel: [3, 3], stride: [2, 2], padding: "same" },
    { kernel: [3, 3], stride: [1, 1], padding: "same" },
    { kernel: [3, 3], stride: [2, 2], padding: "torch" },
    { kernel: [3, 2], stride: [3, 1], padding: [1, 0, 0, 1] },
    { kernel: [2, 3], stride: [1, 2], padding: "valid" },
  ] as const;
  const cases = windows.flatMap((window) => (["avg", "max"] as const).map((mode) => ({ mode, ...window })));
  it.each(cases)("$mode $kernel stride $stride $padding", async (window) => {
    const op = { op: "pool", countPadding: false, ceil: false, dilation: [1, 1], ...window } as const;
    expect(await disagreements(oneOp((g) => g.push("pool", op, [g.input])))).toEqual([]);
  });
  it.each(["avg", "max"] as const)("global %s keeps 1x1", async (mode) => {
    const graph = oneOp((g) => g.conv("conv", g.push("pool", { op: "global_pool", mode }, [g.input]), 3));
    expect(await disagreements(graph)).toEqual([]);
  });
  it.each(["flatten", "squeeze"] as const)("global, then %s", async (op) => {
    const graph = oneOp((g) =>
      g.dense("dense", g.push("flat", { op }, [g.push("pool", { op: "global_pool", mode: "avg" }, [g.input])]), 3),
    );
    expect(await disagreements(graph)).toEqual([]);
  });
});

describe("activation", () => {
  it.each(activationNames)("%s on a map", async (fn) => {
    expect(await disagreements(oneOp((g) => g.act("act", g.input, fn, 0.3)))).toEqual([]);
  });
  it.each(activationNames)("%s on a vector", async (fn) => {
    expect(await disagreements(oneOp((g) => g.act("act", g.push("flat", { op: "flatten" }, [g.input]), fn)))).toEqual(
      [],
    );
  });
  it("leaky relus of two slopes", async () => {
    const graph = oneOp((g) => g.act("b", g.act("a", g.input, "leaky_relu", 0.1), "leaky_relu", 0.3));
    expect(await disagreements(graph)).toEqual([]);
  });
});

describe("norm", () => {
  const ends = [true, false].flatMap((scale) => [true, false].map((center) => ({ scale, center })));
  it.each(ends)("scale $scale, center $center", async ({ scale, center }) => {
    const op = { op: "batch_norm", eps: 1e-5, momentum: 0.9, scale, center } as const;
    const map = oneOp((g) => g.push("norm", op, [g.conv("conv", g.input, 4)]));
    const vector = oneOp((g) =>
      g.push("norm", op, [g.dense("dense", g.push("flat", { op: "flatten" }, [g.input]), 5)]),
    );
    expect(await disagreements(map)).toEqual([]);
    expect(await disagreements(vector)).toEqual([]);
  });
});

describe("the rest", () => {
  it("flattens in h, w, c order, and a vector into itself", async () => {
    const graph = oneOp((g) =>
      g.dense("dense", g.push("again", { op: "flatten" }, [g.push("flat", { op: "flatten" }, [g.input])]), 4),
    );
    expect(await disagreements(graph)).toEqual([]);
  });
  it("squeezes a 1x1 map", async () => {
    expect(await disagreements(oneOp((g) => g.push("squeeze", { op: "squeeze" }, [g.input]), [1, 1, 5]))).toEqual([]);
  });
  it.each([1, 2, 3, 6])("shuffles %i groups", async (groups) => {
    expect(await disagreements(oneOp((g) => g.push("shuffle", { op: "shuffle", groups }, [g.input])))).toEqual([]);
  });
  it.each(["tensorflow", "torch"] as const)("blocks of pixels in the order of %s", async (order) => {
    const deep = oneOp((g) => g.push("deep", { op: "depth_to_space", blockSize: 2, order }, [g.input]), [3, 2, 8]);
    const wide = oneOp((g) => g.push("wide", { op: "space_to_depth", blockSize: 3, order }, [g.input]), [3, 6, 2]);
    expect([...(await disagreements(deep)), ...(await disagreements(wide))]).toEqual([]);
  });
  it.each(axisOrders)("axes in the order %s", async (order) => {
    const graph = oneOp((g) => g.push("turned", { op: "permute", order }, [g.input]), [3, 2, 4]);
    expect(await disagreements(graph)).toEqual([]);
  });
  it("dense layers of sequences, between reshapes", async () => {
    const graph = oneOp(
      (g) => {
        const rows = g.push("rows", { op: "reshape", extents: [6, 1, 4] }, [g.input]);
        const hidden = g.act("hidden", g.norm("hidden", g.dense("hidden", rows, 5)), "gelu");
        const map = g.push("map", { op: "reshape", extents: [2, 5, 3] }, [hidden]);
        return g.push("vector", { op: "reshape", extents: [30] }, [map]);
      },
      [3, 2, 4],
    );
    expect(await disagreements(graph)).toEqual([]);
  });
  it("slices maps and vectors", async () => {
    const graph = oneOp((g) => {
      const part = g.push("part", { op: "slice", from: 1, to: 5 }, [g.input]);
      return g.push("piece", { op: "slice", from: 3, to: 20 }, [g.push("flat", { op: "flatten" }, [part])]);
    });
    expect(await disagreements(graph)).toEqual([]);
  });
  it.each([
    [2, 2],
    [3, 1],
    [5, 7],
  ] as const)("upsamples by %i x %i", async (...factor) => {
    for (const mode of ["nearest", "bilinear"] as const) {
      expect(
        await disagreements(
          oneOp((g) => g.push("up", { op: "resize", to: { factor }, mode, coordinates: "half_pixel" }, [g.input])),
        ),
      ).toEqual([]);
    }
  });
  it("bilinear from one pixel", async () => {
    const up = { op: "resize", to: { factor: [3, 2] }, mode: "bilinear", coordinates: "half_pixel" } as const;
    expect(await disagreements(oneOp((g) => g.push("up", up, [g.input]), [1, 1, 2]))).toEqual([]);
  });
  it("drops nothing in inference", async () => {
    expect(await disagreements(oneOp((g) => g.push("drop", { op: "dropout", rate: 0.5 }, [g.input])))).toEqual([]);
  });
  it.each(["add", "sub", "mul", "concat"] as const)("%s of three", async (op) => {
    const graph = oneOp((g) => {
      const a = g.conv("a", g.input, 6);
      const b = g.conv("b", g.input, 6, { kernel: 3 });
      return g.push("join", { op }, [a, g.input, b]);
    });
    expect(await disagreements(graph)).toEqual([]);
  });
  it.each(["add", "sub", "mul", "concat"] as const)("%s of a value with itself", async (op) => {
    expect(await disagreements(oneOp((g) => g.push("join", { op }, [g.input, g.input])))).toEqual([]);
  });
  it.each([0, 1])("mul by 1x1xC, gate as input %i", async (position) => {
    const graph = oneOp((g) => {
      const gate = g.act("gate", g.push("pool", { op: "global_pool", mode: "avg" }, [g.input]), "sigmoid");
      return g.push("mul", { op: "mul" }, position === 0 ? [gate, g.input] : [g.input, gate]);
    });
    expect(await disagreements(graph)).toEqual([]);
  });
  it("a network of nothing but its input", async () => {
    expect(await disagreements(oneOp((g) => g.input))).toEqual([]);
  });
});
