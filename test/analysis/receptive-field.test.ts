import { describe, expect, it } from "vitest";
import { receptiveFields } from "../../src/analysis/receptive-field.ts";
import { graphBuilder } from "../support/graph-builder.ts";
import { mobileNetV2 } from "./mobilenet-v2.ts";

describe("receptiveFields", () => {
  it("is 491 pixels at MobileNetV2's last conv", () => {
    const graph = mobileNetV2(1, 224);
    const last = graph.nodes.find(({ path }) => path === "last");
    expect(receptiveFields(graph).get(last?.id ?? -1)).toEqual([491, 491]);
  });

  it("adds (k - 1) * jump a window, and the stride counts after it", () => {
    const builder = graphBuilder("net", [40, 40, 2]);
    const first = builder.conv("first", builder.input, 2, { kernel: [3, 5], stride: [2, 1] });
    const dilated = builder.conv("dilated", first, 2, { kernel: 3, dilation: 2 });
    const pooled = builder.push(
      "pool",
      {
        op: "pool",
        countPadding: false,
        ceil: false,
        mode: "max",
        kernel: [2, 2],
        stride: [2, 2],
        dilation: [1, 1],
        padding: "valid",
      },
      [dilated],
    );
    const upsampled = builder.push(
      "up",
      { op: "resize", to: { factor: [2, 2] }, mode: "nearest", coordinates: "half_pixel" },
      [pooled],
    );
    const last = builder.depthwise("last", upsampled, { kernel: 3 });
    const fields = receptiveFields(builder.shaped(last));
    expect(fields.get(first)).toEqual([3, 5]);
    expect(fields.get(dilated)).toEqual([3 + 4 * 2, 5 + 4]);
    expect(fields.get(pooled)).toEqual([11 + 2, 9 + 1]);
    expect(fields.get(last)).toEqual([13 + 2 * 2, 10 + 2 * 1]);
  });

  it("takes the larger path of a join, and leaves a gate out", () => {
    const builder = graphBuilder("net", [20, 20, 4]);
    const wide = builder.conv("wide", builder.input, 4, { kernel: 7 });
    const sum = builder.push("sum", { op: "add" }, [builder.conv("narrow", builder.input, 4, { kernel: 3 }), wide]);
    const gate = builder.push("gate", { op: "global_pool", mode: "avg" }, [sum]);
    const scaled = builder.push("mul", { op: "mul" }, [gate, sum]);
    const fields = receptiveFields(builder.shaped(scaled));
    expect(fields.get(sum)).toEqual([7, 7]);
    expect(fields.get(gate)).toEqual([26, 26]);
    expect(fields.get(scaled)).toEqual([7, 7]);
  });

  it("covers the whole map after a dense layer", () => {
    const builder = graphBuilder("net", [8, 6, 4]);
    const flat = builder.push("flatten", { op: "flatten" }, [
      builder.conv("c", builder.input, 4, { kernel: 3, stride: 2 }),
    ]);
    const dense = builder.dense("dense", flat, 3);
    const fields = receptiveFields(builder.shaped(builder.dense("again", dense, 2)));
    expect(fields.get(flat)).toEqual([3, 3]);
    expect(fields.get(dense)).toEqual([3 + 3 * 2, 3 + 2 * 2]);
    expect(fields.get(dense + 1)).toEqual([9, 7]);
  });
});
