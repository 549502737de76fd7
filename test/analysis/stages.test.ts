import { describe, expect, it } from "vitest";
import { stagesOf } from "../../src/analysis/stages.ts";
import { summarize } from "../../src/analysis/summary.ts";
import { graphBuilder } from "../support/graph-builder.ts";
import { compileSpecFile } from "../support/compile-spec-file.ts";
import { mobileNetV2 } from "./mobilenet-v2.ts";

const sizes = (file: string): readonly string[] =>
  stagesOf(summarize(compileSpecFile(file).training).layers).map(({ size }) => size);

describe("stagesOf", () => {
  it("has the stages of Table 2 of MobileNetV2, and all its weights and multiply-adds", () => {
    const { layers, params, macs } = summarize(mobileNetV2(1, 224));
    const stages = stagesOf(layers);
    expect(stages.map(({ size, first, last }) => `${size}: ${first} to ${last}`)).toEqual([
      "112x112: stem to bottleneck1_1",
      "56x56: bottleneck2_1 to bottleneck2_2",
      "28x28: bottleneck3_1 to bottleneck3_3",
      "14x14: bottleneck4_1 to bottleneck5_3",
      "7x7: bottleneck6_1 to last",
      "1x1: head to head",
    ]);
    const sum = (of: (stage: (typeof stages)[number]) => number): number =>
      stages.reduce((all, stage) => all + of(stage), 0);
    expect(sum((stage) => stage.params)).toBe(params.trainable);
    expect(sum((stage) => stage.macs)).toBe(macs);
    expect(sum((stage) => stage.layers)).toBe(layers.length);
  });

  it("takes neither squeeze-and-excitation nor a shortcut that halves first for a stage", () => {
    const five = ["112x112", "56x56", "28x28", "14x14", "7x7", "1x1"];
    expect(sizes("mobilenet_v3.mnet")).toEqual(five);
    expect(sizes("ghostnet.mnet")).toEqual(five);
    expect(sizes("regnet.mnet")).toEqual(five);
  });

  it("looks into a block that holds most of the network", () => {
    const builder = graphBuilder("N", [8, 8, 4]);
    const body = builder.block("net", builder.input, "never", [4, 4], () => {
      const half = builder.conv("net/a", builder.input, 4, { stride: 2 });
      return builder.conv("net/b", half, 4, { stride: 2 });
    });
    const stages = stagesOf(summarize(builder.shaped(body)).layers);
    expect(stages.map(({ size, first }) => `${size} ${first}`)).toEqual(["4x4 net/a", "2x2 net/b"]);
  });

  it("has no stages of no layers", () => {
    expect(stagesOf([])).toEqual([]);
  });
});
