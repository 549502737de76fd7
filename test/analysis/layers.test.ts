import { describe, expect, it } from "vitest";
import { layerRows } from "../../src/analysis/layers.ts";
import { graphBuilder } from "../support/graph-builder.ts";
import { mobileNetV2 } from "./mobilenet-v2.ts";

describe("layerRows", () => {
  it("gives a conv with its norm and activation as one row", () => {
    const builder = graphBuilder("net", [9, 9, 3]);
    const stem = builder.act(
      "stem",
      builder.norm("stem", builder.conv("stem", builder.input, 4, { kernel: 3, stride: 2 })),
      "relu",
    );
    const joined = builder.push("join", { op: "concat" }, [
      stem,
      builder.conv("side", builder.input, 2, { stride: 2 }),
    ]);
    const graph = builder.shaped(builder.push("flatten", { op: "flatten" }, [joined]));
    expect(layerRows(graph)).toMatchObject([
      {
        path: "stem",
        op: "conv",
        input: [9, 9, 3],
        inputs: [[9, 9, 3]],
        output: [5, 5, 4],
        params: 108 + 4 + 8,
        totalParams: 108 + 4 + 16,
        macs: 108 * 25,
        activationBytes: 400,
        receptiveField: [3, 3],
      },
      {
        path: "side",
        op: "conv",
        input: [9, 9, 3],
        inputs: [[9, 9, 3]],
        output: [5, 5, 2],
        params: 8,
        totalParams: 8,
        macs: 150,
        activationBytes: 200,
        receptiveField: [1, 1],
      },
      {
        path: "join",
        op: "concat",
        input: [5, 5, 4],
        inputs: [
          [5, 5, 4],
          [5, 5, 2],
        ],
        output: [5, 5, 6],
        params: 0,
        totalParams: 0,
        macs: 0,
        activationBytes: 600,
        receptiveField: [3, 3],
      },
      {
        path: "flatten",
        op: "flatten",
        input: [5, 5, 6],
        inputs: [[5, 5, 6]],
        output: [150],
        params: 0,
        totalParams: 0,
        macs: 0,
        activationBytes: 0,
        receptiveField: [3, 3],
      },
    ]);
  });

  it("sums to the network's totals", () => {
    const rows = layerRows(mobileNetV2(0.5, 96));
    const sum = (of: "params" | "totalParams" | "macs") => rows.reduce((total, row) => total + row[of], 0);
    expect(rows.filter(({ op }) => op === "add")).toHaveLength(10);
    expect(sum("params")).toBe(1_968_680);
    expect(sum("totalParams")).toBe(1_987_224);
  });
});
