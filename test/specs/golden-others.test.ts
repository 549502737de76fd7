import { describe, expect, it } from "vitest";
import { summarize } from "../../src/analysis/summary.ts";
import { indexNodes, nodeAt, type ShapedGraph } from "../../src/ir/graph.ts";
import { compileSpecFile } from "../support/compile-spec-file.ts";

/**
 * Trainable parameters, multiply-adds of convs and dense layers, batch-norm channels, and additions that the residual rule inserts.
 * A residual network that writes its sums as `branch add` has none of the latter.
 */
type Row = readonly [
  network: string,
  set: Readonly<Record<string, number>>,
  trainable: number,
  macs: number,
  bn: number,
  residuals: number,
];

/**
 * Where the numbers come from: models built in torchvision 0.28.0, timm 1.0.29 and Keras 3.15.1 for those of EfficientNet, EfficientNetLite,
 * EfficientNetV2B0 at 192 and 224, ResNet18, ResNet50, ResNet50Keras, SqueezeNet1_1, ShuffleNetV2_x1_0, VGG16 and RegNetY400MF; for the
 * others a count that follows torchvision's and Keras' own code line by line, whose parameters are those of torchvision's weights'
 * `num_params` (timm's for EfficientNetV2S and Keras' V2B1 to B3) and whose multiply-adds round to torchvision's `_ops`.
 */
const golden: Readonly<Record<string, readonly Row[]>> = {
  "efficientnet.mnet": [
    ["EfficientNetB0", {}, 5_288_548, 385_814_752, 21_008, 9],
    ["EfficientNetB1", {}, 7_794_184, 686_802_832, 31_024, 16],
    ["EfficientNetB2", {}, 9_109_994, 993_561_872, 33_784, 16],
    ["EfficientNetB3", {}, 12_233_232, 1_827_141_392, 43_648, 19],
    ["EfficientNetB4", {}, 19_341_616, 4_393_771_024, 62_600, 25],
    ["EfficientNetB4", { size: 320 }, 19_341_616, 3_063_687_008, 62_600, 25],
    ["EfficientNetB5", {}, 30_389_784, 10_266_384_752, 86_368, 32],
    ["EfficientNetB6", {}, 43_040_704, 19_067_593_536, 112_216, 38],
    ["EfficientNetB7", {}, 66_347_960, 37_745_884_192, 155_360, 48],
  ],
  "efficientnet_lite.mnet": [
    ["EfficientNetLite0", {}, 4_652_008, 385_187_552, 21_008, 9],
    ["EfficientNetLite1", {}, 5_416_680, 600_185_232, 26_832, 14],
    ["EfficientNetLite2", {}, 6_092_072, 859_736_272, 29_048, 14],
    ["EfficientNetLite3", {}, 8_197_096, 1_383_321_872, 38_336, 17],
    ["EfficientNetLite3", { size: 300 }, 8_197_096, 1_607_554_544, 38_336, 17],
    ["EfficientNetLite4", {}, 13_006_568, 2_553_034_336, 56_184, 23],
  ],
  "efficientnet_v2.mnet": [
    ["EfficientNetV2B0", {}, 7_139_704, 718_086_176, 30_304, 15],
    ["EfficientNetV2B0", { size: 192 }, 7_139_704, 528_186_752, 30_304, 15],
    ["EfficientNetV2B1", {}, 8_141_052, 1_196_819_360, 35_536, 21],
    ["EfficientNetV2B2", {}, 10_096_086, 1_697_542_832, 41_144, 22],
    ["EfficientNetV2B3", {}, 14_358_406, 3_011_458_816, 54_608, 26],
    ["EfficientNetV2S", {}, 21_458_488, 8_365_617_152, 76_936, 35],
    ["EfficientNetV2S", { size: 300 }, 21_458_488, 5_307_561_248, 76_936, 35],
  ],
  "repvgg.mnet": [["RepVGGA0", {}, 9_108_968, 1_512_581_120, 11_824, 0]],
  "mobileone.mnet": [["MobileOneS0", {}, 5_293_272, 1_051_935_232, 44_096, 0]],
  "resnet.mnet": [
    ["ResNet18", {}, 11_689_512, 1_814_073_344, 4_800, 0],
    ["ResNet34", {}, 21_797_672, 3_663_761_408, 8_512, 0],
    ["ResNet50", {}, 25_557_032, 4_089_184_256, 26_560, 0],
    ["ResNet101", {}, 44_549_160, 7_801_405_440, 52_672, 0],
    ["ResNet50Keras", {}, 25_583_592, 3_857_973_248, 26_560, 0],
  ],
  "squeezenet.mnet": [
    ["SqueezeNet1_0", {}, 1_248_424, 818_924_576, 0, 0],
    ["SqueezeNet1_1", {}, 1_235_496, 349_151_936, 0, 0],
  ],
  "shufflenet_v2.mnet": [
    ["ShuffleNetV2_x0_5", {}, 1_366_792, 40_476_448, 3_976, 0],
    ["ShuffleNetV2_x1_0", {}, 2_278_604, 144_907_992, 8_090, 0],
    ["ShuffleNetV2_x1_5", {}, 3_503_624, 295_759_392, 11_720, 0],
    ["ShuffleNetV2_x2_0", {}, 7_393_996, 583_253_464, 16_858, 0],
  ],
  "densenet.mnet": [["DenseNet121", {}, 7_978_856, 2_834_161_664, 41_824, 0]],
  "vgg.mnet": [["VGG16", {}, 138_357_544, 15_470_264_320, 0, 0]],
  "regnet.mnet": [
    ["RegNetX400MF", {}, 5_495_976, 413_812_608, 18_928, 0],
    ["RegNetY400MF", {}, 4_344_144, 401_842_848, 13_576, 0],
  ],
  "convnext.mnet": [
    ["ConvNeXtT", {}, 28_589_128, 4_455_531_264, 0, 18],
    ["ConvNeXtS", {}, 50_223_688, 8_683_712_256, 0, 36],
    ["ConvNeXtB", {}, 88_591_464, 15_354_729_472, 0, 36],
  ],
  "convnext_v2.mnet": [
    ["ConvNeXtV2T", {}, 28_635_496, 4_455_531_264, 0, 18],
    ["ConvNeXtV2A", {}, 3_708_400, 547_332_480, 0, 12],
    ["ConvNeXtV2F", {}, 5_233_240, 779_629_824, 0, 12],
    ["ConvNeXtV2P", {}, 9_066_280, 1_367_055_360, 0, 12],
    ["ConvNeXtV2N", {}, 15_623_800, 2_445_528_320, 0, 14],
  ],
  "fsrcnn.mnet": [["FSRCNN", {}, 12_809, 51_052_544, 0, 0]],
  "inception.mnet": [["GoogLeNet", {}, 6_624_904, 1_498_376_192, 7_280, 0]],
};

describe.each(Object.entries(golden))("%s", (file, rows) => {
  it.each(rows)("%s %o counts as published", (network, set, trainable, macs, batchNormChannels, residuals) => {
    const summary = summarize(compileSpecFile(file, { network, set }).training);
    expect(summary.params.trainable).toBe(trainable);
    expect({ macs: summary.macs, batchNormChannels: summary.batchNormChannels, residuals: summary.residuals }).toEqual({
      macs,
      batchNormChannels,
      residuals,
    });
    expect(summary.params.total).toBe(trainable + 2 * batchNormChannels);
    expect(summary.output).toEqual(network === "FSRCNN" ? [192, 192, 1] : [1000]);
  });
});

/** Parameters and multiply-adds of timm's models after `reparameterize_model`, a bias a conv. */
describe("branches merged", () => {
  it.each([
    ["repvgg.mnet", 8_309_384, 1_361_451_008],
    ["mobileone.mnet", 2_078_504, 275_110_400],
  ])("%s deploys as published", (file, folded, foldedMacs) => {
    const { params, foldedMacs: macs } = summarize(compileSpecFile(file).training);
    expect({ folded: params.folded, macs }).toEqual({ folded, macs: foldedMacs });
  });
});

function shapeOf(training: ShapedGraph, layer: string) {
  const node = training.nodes.filter((candidate) => candidate.layer === layer).at(-1);
  if (node === undefined) throw new Error(`no layer ${layer}`);
  return nodeAt(indexNodes(training), node.id).shape;
}

/** Output extent of PyTorch's MaxPool2d(3, stride=2, ceil_mode=True). */
function ceilPooled(extent: number): number {
  const out = Math.ceil((extent - 3) / 2) + 1;
  return (out - 1) * 2 >= extent ? out - 1 : out;
}

describe("ceil_mode pools", () => {
  it.each([224, 225, 226, 227, 228])("SqueezeNet1_0 at %i", (size) => {
    const { training } = compileSpecFile("squeezenet.mnet", { network: "SqueezeNet1_0", set: { size } });
    const stem = Math.floor((size - 7) / 2) + 1;
    const [first, second, third] = [
      ceilPooled(stem),
      ceilPooled(ceilPooled(stem)),
      ceilPooled(ceilPooled(ceilPooled(stem))),
    ];
    expect(shapeOf(training, "pool1/pool")).toEqual([first, first, 96]);
    expect(shapeOf(training, "pool2/pool")).toEqual([second, second, 256]);
    expect(shapeOf(training, "pool3/pool")).toEqual([third, third, 512]);
  });

  it.each([
    [224, 56, 28, 14, 7],
    [200, 50, 25, 12, 6],
    [193, 48, 24, 12, 6],
    [209, 52, 26, 13, 7],
  ])("GoogLeNet at %i", (size, first, second, third, fourth) => {
    const { training } = compileSpecFile("inception.mnet", { set: { size } });
    expect(shapeOf(training, "pool1/pool")).toEqual([first, first, 64]);
    expect(shapeOf(training, "pool2/pool")).toEqual([second, second, 192]);
    expect(shapeOf(training, "pool3/pool")).toEqual([third, third, 480]);
    expect(shapeOf(training, "pool4")).toEqual([fourth, fourth, 832]);
  });
});

describe("strides that counts alone would not tell apart", () => {
  it("ResNet50 halves in the 3x3 conv, Keras' in the first 1x1", () => {
    const torch = compileSpecFile("resnet.mnet", { network: "ResNet50" }).training;
    const keras = compileSpecFile("resnet.mnet", { network: "ResNet50Keras" }).training;
    expect(shapeOf(torch, "narrow2_1/sum/residual/reduce")).toEqual([56, 56, 128]);
    expect(shapeOf(keras, "narrow_v12_1/sum/residual/reduce")).toEqual([28, 28, 128]);
  });

  it("EfficientNetB0 takes its strides from the code, not from the paper's table", () => {
    const { training } = compileSpecFile("efficientnet.mnet");
    const extents = [1, 2, 3, 4, 5, 6, 7].map((row) => shapeOf(training, `mbconv${row}_1/project`)[0]);
    expect(extents).toEqual([112, 56, 28, 14, 14, 7, 7]);
  });
});

it("torch padding looks at the last row where TensorFlow's looks past it", () => {
  const pads = (file: string, network: string) => {
    const stem = compileSpecFile(file, { network }).training.nodes.find((node) => node.op === "conv");
    return stem?.op === "conv" ? stem.pads : null;
  };
  expect(pads("regnet.mnet", "RegNetX400MF")).toEqual([1, 1, 1, 1]);
  expect(pads("efficientnet.mnet", "EfficientNetB0")).toEqual([0, 1, 0, 1]);
});
