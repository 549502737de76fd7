import { describe, expect, it } from "vitest";
import { summarize } from "../../src/analysis/summary.ts";
import { trainingGraph } from "../../src/passes/pipeline.ts";
import { graphBuilder } from "../support/graph-builder.ts";
import { mobileNetV2 } from "./mobilenet-v2.ts";

describe("summarize", () => {
  it("gives the figures of MobileNetV2", () => {
    const summary = summarize(mobileNetV2(1, 224));
    expect(summary).toMatchObject({
      schemaVersion: 1,
      name: "MobileNetV2",
      input: [224, 224, 3],
      output: [1000],
      params: { trainable: 3_504_872, total: 3_538_984, folded: 3_487_816 },
      macs: 300_774_272,
      residuals: 10,
      memory: { peakBytes: 6_021_120, peakAt: "bottleneck2_1/depthwise" },
    });
    expect(summary.blocks.slice(0, 3)).toEqual([
      { path: "bottleneck1_1", stride: 1, residual: false, reason: "32 to 16 channels" },
      { path: "bottleneck2_1", stride: 2, residual: false, reason: "stride 2" },
      { path: "bottleneck2_2", stride: 1, residual: true, reason: "stride 1, 24 = 24 channels" },
    ]);
    expect(summary.layers[0]).toEqual({
      path: "stem",
      op: "conv",
      input: [224, 224, 3],
      output: [112, 112, 32],
      params: 864 + 64,
      macs: 10_838_016,
      share: { params: 928 / 3_504_872, macs: 10_838_016 / 300_774_272 },
      receptiveField: 3,
      activationBytes: 4 * 112 * 112 * 32,
    });
  });

  it("has 11 residuals at width 0.25", () => {
    expect(summarize(mobileNetV2(0.25, 96)).residuals).toBe(11);
  });

  it("gives both axes where they differ, and no stride where none is left", () => {
    const builder = graphBuilder("net", [8, 8, 4]);
    const wide = builder.block("wide", builder.input, "auto", [1, 2], () =>
      builder.conv("wide/c", builder.input, 4, { kernel: [1, 3], stride: [1, 2] }),
    );
    const lost = builder.block("lost", wide, "auto", null, () =>
      builder.push("lost/pool", { op: "global_pool", mode: "avg" }, [wide]),
    );
    const summary = summarize(trainingGraph(builder.lowered(lost), () => undefined));
    expect(summary.blocks).toEqual([
      { path: "wide", stride: [1, 2], residual: false, reason: "stride 1x2" },
      { path: "lost", stride: null, residual: false, reason: 'no stride is left after the global pool "lost/pool"' },
    ]);
    expect(summary.layers[0]?.receptiveField).toEqual([1, 3]);
  });

  it("gives shares that add up to the whole, and none of nothing", () => {
    const { layers } = summarize(mobileNetV2(0.5, 96));
    const sum = (of: "params" | "macs"): number => layers.reduce((total, { share }) => total + share[of], 0);
    expect(sum("params")).toBeCloseTo(1, 12);
    expect(sum("macs")).toBeCloseTo(1, 12);
    const builder = graphBuilder("net", [8, 8, 4]);
    const pool = builder.push("pool", { op: "global_pool", mode: "avg" }, [builder.input]);
    const [layer] = summarize(trainingGraph(builder.lowered(pool), () => undefined)).layers;
    expect(layer?.share).toEqual({ params: 0, macs: 0 });
  });

  it("is plain JSON", () => {
    const summary = summarize(mobileNetV2(0.35, 96));
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  });
});
