import { describe, expect, it } from "vitest";
import { activationMemory } from "../../src/analysis/memory.ts";
import { trainingGraph } from "../../src/passes/pipeline.ts";
import { graphBuilder } from "../support/graph-builder.ts";
import { mobileNetV2 } from "./mobilenet-v2.ts";

describe("activationMemory", () => {
  it.each([
    [0.35, 96, 138_240],
    [0.75, 160, 768_000],
    [1, 224, 1_505_280],
    [1.4, 192, 1_658_880],
  ])("gives MobileNetV2's published peak at width %d and size %d", (width, size, elements) => {
    expect(activationMemory(mobileNetV2(width, size))).toMatchObject({
      peakBytes: 4 * elements,
      peakAt: "bottleneck2_1/depthwise",
    });
  });

  it("keeps the block's input while a residual is pending, and works in place nowhere", () => {
    const builder = graphBuilder("net", [4, 4, 2]);
    const block = builder.block("b", builder.input, "auto", [1, 1], () => {
      const expand = builder.act(
        "b/expand",
        builder.norm("b/expand", builder.conv("b/expand", builder.input, 6)),
        "relu6",
      );
      return builder.conv("b/project", expand, 2);
    });
    const pool = builder.push("pool", { op: "global_pool", mode: "avg" }, [block]);
    const squeezed = builder.push("squeeze", { op: "squeeze" }, [pool]);
    const dropped = builder.push("dropout", { op: "dropout", rate: 0.5 }, [squeezed]);
    const graph = trainingGraph(builder.lowered(builder.dense("dense", dropped, 3)), () => undefined);
    // Elements: input and sum 32, expansion 96, pooled 2, dense 3. Squeeze and dropout are the pool's own bytes.
    expect(activationMemory(graph)).toEqual({
      peakBytes: 4 * (32 + 96 + 32),
      peakAt: "b/project",
      steps: [
        { path: "b/expand", liveBytes: 4 * (32 + 96) },
        { path: "b/project", liveBytes: 4 * (32 + 96 + 32) },
        { path: "b/add", liveBytes: 4 * (32 + 32 + 32) },
        { path: "pool", liveBytes: 4 * (32 + 2) },
        { path: "dense", liveBytes: 4 * (2 + 3) },
      ],
    });
  });

  it("keeps what an output taps to the end, inside a layer too", () => {
    const builder = graphBuilder("net", [2, 2, 1]);
    const raw = builder.conv("a", builder.input, 3);
    const act = builder.act("a", raw, "relu");
    const shaped = builder.shaped(builder.conv("c", builder.conv("b", act, 1), 1));
    const outputs = [{ name: "raw", path: "a", node: raw, block: null }, ...shaped.outputs];
    expect(activationMemory({ ...shaped, outputs }).steps.map(({ liveBytes }) => liveBytes / 4)).toEqual([
      4 + 12 + 12,
      12 + 12 + 4,
      12 + 4 + 4,
    ]);
  });

  it("counts nothing for a network without layers", () => {
    const builder = graphBuilder("empty", [2, 2, 1]);
    expect(activationMemory(builder.shaped(builder.input))).toEqual({ peakBytes: 0, peakAt: null, steps: [] });
  });
});
