import { describe, expect, it } from "vitest";
import { countGraph } from "../../src/analysis/counts.ts";
import { graphBuilder } from "../support/graph-builder.ts";
import { mobileNetV2 } from "./mobilenet-v2.ts";

describe("countGraph", () => {
  it("counts MobileNetV2 as TensorFlow and torchvision do", () => {
    expect(countGraph(mobileNetV2(1, 224))).toEqual({
      params: { trainable: 3_504_872, total: 3_538_984, folded: 3_487_816 },
      macs: 300_774_272,
      foldedMacs: 300_774_272,
      batchNormChannels: 17_056,
    });
  });

  it("counts MobileNetV2 1.4", () => {
    expect(countGraph(mobileNetV2(1.4, 224))).toMatchObject({
      params: { trainable: 6_108_776, total: 6_156_712, folded: 6_084_808 },
      macs: 582_195_824,
    });
  });

  it("counts one layer by hand", () => {
    const builder = graphBuilder("net", [5, 5, 4]);
    const conv = builder.norm("c", builder.conv("c", builder.input, 6, { kernel: 3, stride: 2, groups: 2 }));
    const counts = countGraph(builder.shaped(builder.depthwise("d", conv, { multiplier: 2, bias: false })));
    const kernel = 3 * 3 * 2 * 6;
    const depthwise = 3 * 3 * 6 * 2;
    expect(counts).toEqual({
      params: {
        total: kernel + 6 + 4 * 6 + depthwise,
        trainable: kernel + 6 + 2 * 6 + depthwise,
        folded: kernel + 6 + depthwise,
      },
      macs: (kernel + depthwise) * 3 * 3,
      foldedMacs: (kernel + depthwise) * 3 * 3,
      batchNormChannels: 6,
    });
  });

  it("counts scale and shift of a norm that cannot fold", () => {
    const builder = graphBuilder("dense net", [4, 4, 8]);
    const graph = builder.shaped(
      builder.conv("c", builder.act("first", builder.norm("first", builder.input), "relu"), 2),
    );
    expect(countGraph(graph).params).toEqual({ total: 32 + 18, trainable: 16 + 18, folded: 16 + 18 });
  });
});
