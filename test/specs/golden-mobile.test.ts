import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { summarize } from "../../src/analysis/summary.ts";
import { compileSpecFile, type CompileSpecFileOptions } from "../support/compile-spec-file.ts";

/**
 * Counts of the mobile families against the frameworks that people take weights from. Multiply-adds are those of convs and
 * dense layers, for one image and 1000 classes. Where a source publishes no exact multiply-adds, they are left out.
 */
interface Golden {
  readonly network: string;
  readonly width?: number;
  readonly size?: number;
  readonly minimalistic?: boolean;
  readonly params: number;
  readonly macs?: number;
}

function summaryOf(file: string, { network, width, size, minimalistic }: Omit<Golden, "params" | "macs">) {
  const set: Record<string, string | number> = {};
  if (width !== undefined) set.width = width;
  if (size !== undefined) set.size = size;
  if (minimalistic !== undefined) set.minimalistic = String(minimalistic);
  const options: CompileSpecFileOptions = { network, set };
  return summarize(compileSpecFile(file, options).training);
}

const golden: Readonly<Record<string, readonly Golden[]>> = {
  // keras.applications.MobileNet, and the docstring of slim's mobilenet_v1.py. 1.25 is timm's mobilenetv1_125.
  "mobilenet_v1.mnet": [
    { network: "MobileNetV1", params: 4_231_976, macs: 568_740_352 },
    { network: "MobileNetV1", size: 160, params: 4_231_976, macs: 290_675_200 },
    { network: "MobileNetV1", width: 0.75, params: 2_585_560, macs: 325_400_448 },
    { network: "MobileNetV1", width: 0.75, size: 160, params: 2_585_560, macs: 166_396_800 },
    { network: "MobileNetV1", width: 0.5, params: 1_331_592, macs: 149_497_088 },
    { network: "MobileNetV1", width: 0.5, size: 160, params: 1_331_592, macs: 76_524_800 },
    { network: "MobileNetV1", width: 0.25, params: 470_072, macs: 41_030_272 },
    { network: "MobileNetV1", width: 0.25, size: 160, params: 470_072, macs: 21_059_200 },
  ],
  // slim's README (research/slim/nets/mobilenet); Keras, torchvision and timm count the same.
  "mobilenet_v2.mnet": ["MobileNetV2", "MobileNetV2Torch"].flatMap((network) => [
    { network, params: 3_504_872, macs: 300_774_272 },
    { network, width: 1.4, params: 6_108_776, macs: 582_195_824 },
    { network, size: 160, params: 3_504_872, macs: 154_083_200 },
    { network, size: 96, params: 3_504_872, macs: 56_289_152 },
    { network, width: 0.75, size: 192, params: 2_636_424, macs: 153_941_888 },
    { network, width: 0.75, size: 128, params: 2_636_424, macs: 69_129_728 },
    { network, width: 0.5, params: 1_968_680, macs: 97_131_840 },
    { network, width: 0.5, size: 160, params: 1_968_680, macs: 50_184_000 },
    { network, width: 0.5, size: 96, params: 1_968_680, macs: 18_885_440 },
    { network, width: 0.35, size: 192, params: 1_677_128, macs: 43_896_512 },
    { network, width: 0.35, size: 128, params: 1_677_128, macs: 20_220_672 },
    { network, width: 1.3, params: 5_386_792 },
  ]),
  // keras.applications.MobileNetV3*, and timm's tf_mobilenetv3_*, which load their weights.
  "mobilenet_v3.mnet": [
    { network: "MobileNetV3Large", params: 5_483_032, macs: 216_589_760 },
    { network: "MobileNetV3Large", width: 0.75, params: 3_993_528, macs: 154_560_624 },
    { network: "MobileNetV3Large", minimalistic: true, params: 3_924_288 },
    { network: "MobileNetV3Small", params: 2_542_856, macs: 56_510_400 },
    { network: "MobileNetV3Small", width: 0.75, params: 2_041_872, macs: 43_399_344 },
    { network: "MobileNetV3Small", width: 0.5, params: 1_593_224, macs: 24_188_688 },
    { network: "MobileNetV3Small", minimalistic: true, params: 2_044_736, macs: 52_288_448 },
  ],
  // timm 1.0.
  "mobilenet_v4.mnet": [
    { network: "MobileNetV4ConvSmall", params: 3_774_024, macs: 186_005_568 },
    { network: "MobileNetV4ConvSmall", width: 0.5, params: 2_238_952 },
    { network: "MobileNetV4ConvSmall", width: 0.35, params: 1_905_384 },
    { network: "MobileNetV4ConvMedium", params: 9_715_512 },
    { network: "MobileNetV4ConvLarge", params: 32_590_864 },
  ],
  // torchvision's mnasnet* and timm's mnasnet_* and semnasnet_*.
  "mnasnet.mnet": [
    { network: "MnasNetB1", params: 4_383_312, macs: 314_415_872 },
    { network: "MnasNetB1", width: 0.5, params: 2_218_512 },
    { network: "MnasNetB1", width: 0.75, params: 3_170_208 },
    { network: "MnasNetB1", width: 1.3, params: 6_282_256 },
    { network: "MnasNetB1", width: 1.4, params: 7_115_728 },
    { network: "MnasNetA1", params: 3_887_038 },
  ],
  // timm's fbnetc_100 and ghostnet_100.
  "fbnet.mnet": [{ network: "FBNetC", params: 5_572_200, macs: 384_960_160 }],
  "ghostnet.mnet": [{ network: "GhostNet", params: 5_182_508, macs: 141_150_512 }],
};

/**
 * Rows of timm's benchmark tables, which print two decimals: millions of parameters, and millions of values that convs and
 * dense layers write. The second shows where the strides are.
 */
const published: readonly (readonly [
  file: string,
  network: string,
  width: number,
  size: number,
  params: number,
  acts: number,
])[] = [
  ["mobilenet_v1.mnet", "MobileNetV1", 1, 224, 4.23, 5.04],
  ["mobilenet_v1.mnet", "MobileNetV1", 1.25, 224, 6.27, 6.3],
  ["mobilenet_v2.mnet", "MobileNetV2Torch", 0.75, 224, 2.64, 5.86],
  ["mobilenet_v2.mnet", "MobileNetV2Torch", 1.4, 224, 6.11, 9.57],
  ["mobilenet_v3.mnet", "MobileNetV3Large", 0.75, 224, 3.99, 4.0],
  ["mobilenet_v3.mnet", "MobileNetV3Large", 1, 256, 5.48, 5.75],
  ["mobilenet_v3.mnet", "MobileNetV3Small", 0.5, 224, 1.59, 0.92],
  ["mobilenet_v4.mnet", "MobileNetV4ConvSmall", 0.35, 224, 1.91, 0.98],
  ["mobilenet_v4.mnet", "MobileNetV4ConvSmall", 0.5, 256, 2.24, 1.55],
  ["mobilenet_v4.mnet", "MobileNetV4ConvMedium", 1, 256, 9.72, 7.58],
  ["mobilenet_v4.mnet", "MobileNetV4ConvMedium", 1, 224, 9.72, 5.8],
  ["mobilenet_v4.mnet", "MobileNetV4ConvLarge", 1, 256, 32.59, 12.14],
  ["mnasnet.mnet", "MnasNetB1", 0.75, 224, 3.17, 4.77],
  ["mnasnet.mnet", "MnasNetB1", 1.4, 224, 7.12, 7.71],
  ["mnasnet.mnet", "MnasNetA1", 0.5, 224, 2.08, 3.44],
  ["mnasnet.mnet", "MnasNetA1", 0.75, 224, 2.91, 5.54],
  ["mnasnet.mnet", "MnasNetA1", 1, 224, 3.89, 6.23],
  ["mnasnet.mnet", "MnasNetA1", 1.4, 224, 6.11, 8.87],
  ["fbnet.mnet", "FBNetC", 1, 224, 5.57, 6.51],
  ["ghostnet.mnet", "GhostNet", 0.5, 224, 2.59, 1.77],
  ["ghostnet.mnet", "GhostNet", 1.3, 224, 7.36, 4.6],
];

const residuals: readonly (readonly [file: string, network: string, width: number, count: number])[] = [
  ["mobilenet_v2.mnet", "MobileNetV2", 1, 10],
  ["mobilenet_v2.mnet", "MobileNetV2", 0.25, 11],
  ["mobilenet_v2.mnet", "MobileNetV2Torch", 1, 10],
  ["mobilenet_v3.mnet", "MobileNetV3Large", 1, 10],
  ["mobilenet_v3.mnet", "MobileNetV3Small", 1, 6],
  ["mobilenet_v4.mnet", "MobileNetV4ConvSmall", 1, 10],
  ["mnasnet.mnet", "MnasNetB1", 1, 10],
  ["mnasnet.mnet", "MnasNetA1", 1, 9],
  ["fbnet.mnet", "FBNetC", 1, 15],
];

describe("the mobile networks count as published", () => {
  for (const [file, rows] of Object.entries(golden)) {
    for (const { params, macs, ...row } of rows) {
      it(`${row.network} width ${row.width ?? 1} size ${row.size ?? "as published"}${row.minimalistic === true ? " minimalistic" : ""}`, () => {
        const summary = summaryOf(file, row);
        expect(summary.params.trainable).toBe(params);
        if (macs !== undefined) expect(summary.macs).toBe(macs);
      });
    }
  }

  it.each(published)("%s %s width %d size %d, to two decimals", (file, network, width, size, params, activations) => {
    const summary = summaryOf(file, { network, width, size });
    const written = summary.layers
      .filter(({ macs }) => macs > 0)
      .reduce((sum, { output }) => sum + output.reduce((product, extent) => product * extent, 1), 0);
    expect((summary.params.trainable / 1e6).toFixed(2)).toBe(params.toFixed(2));
    expect((written / 1e6).toFixed(2)).toBe(activations.toFixed(2));
  });
});

describe("the mobile networks add their residuals where published", () => {
  it.each(residuals)("%s %s width %d has %d", (file, network, width, count) => {
    expect(summaryOf(file, { network, width }).residuals).toBe(count);
  });

  it("keeps rows marked never apart, also where a narrow width makes shapes agree", () => {
    const { blocks } = summaryOf("mnasnet.mnet", { network: "MnasNetB1", width: 0.25 });
    expect(blocks.find(({ path }) => path === "bottleneck1_1")?.residual).toBe(false);
  });
});

describe("the mobile networks stay small", () => {
  const text = (file: string) => readFileSync(join(import.meta.dirname, "../../specs", file), "utf8");

  it("MobileNetV2 in less than 35 lines", () => {
    const [first = ""] = text("mobilenet_v2.mnet").split(/\n(?=\/\/\/ MobileNetV2 as torchvision)/);
    expect(first.trimEnd().split("\n").length).toBeLessThan(35);
  });

  it("both MobileNetV3 in less than 100 lines", () => {
    expect(text("mobilenet_v3.mnet").trimEnd().split("\n").length).toBeLessThan(100);
  });
});
