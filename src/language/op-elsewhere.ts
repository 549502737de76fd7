import { activationNames } from "../ir/activation.ts";

/** How Keras, PyTorch and papers call what mnet writes otherwise; keys in lower case without `_`. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ...["batchnorm", "batchnormalization", "batchnorm2d", "bn"].map((name) => [name, "norm batch"] as const),
  ...["maxpool", "maxpooling", "maxpool2d", "maxpooling2d"].map((name) => [name, "pool max 2"] as const),
  ...["avgpool", "averagepooling", "avgpool2d", "averagepooling2d"].map((name) => [name, "pool avg 2"] as const),
  ...["gap", "globalpool", "globalavgpool", "globalaveragepooling", "globalaveragepooling2d"].map(
    (name) => [name, "pool avg"] as const,
  ),
  ...["linear", "fc", "fullyconnected"].map((name) => [name, "dense 1000"] as const),
  ...["conv2d", "convolution"].map((name) => [name, "conv 3x3 32"] as const),
  ...["depthwiseconv", "depthwiseconv2d", "dwconv"].map((name) => [name, "depthwise 3x3"] as const),
  ...["concat", "concatenate", "cat"].map((name) => [name, "branch concat { path { … } path { … } }"] as const),
  ...["add", "residual", "skip"].map((name) => [name, "branch add { path { } path { … } }"] as const),
  ...["mul", "multiply", "scale"].map((name) => [name, "branch mul { path { } path { … } }"] as const),
  ...["upsampling", "upsampling2d", "resize"].map((name) => [name, "upsample 2"] as const),
  ...["channelshuffle"].map((name) => [name, "shuffle 2"] as const),
]);

/** How mnet writes what other frameworks call `name`, or null. */
export function opElsewhere(name: string): string | null {
  const activation = activationNames.find((candidate) => candidate === name.toLowerCase());
  if (activation !== undefined) return `act ${activation}`;
  return otherNames.get(name.toLowerCase().replaceAll("_", "")) ?? null;
}

const otherWords: ReadonlyMap<string, string> = new Map([
  ["silu", "swish"],
  ["hardswish", "hswish"],
  ["hardsigmoid", "hsigmoid"],
  ["linear", "none"],
  ["identity", "none"],
  ["batchnorm", "batch"],
  ["bn", "batch"],
  ["kaiminguniform", "he_uniform"],
  ["kaimingnormal", "he_normal"],
  ["xavieruniform", "glorot_uniform"],
  ["xaviernormal", "glorot_normal"],
  ["average", "avg"],
  ["mean", "avg"],
]);

/** How mnet calls an activation, norm, initialiser or kind of pool that other frameworks call `name`, or null. */
export function wordElsewhere(name: string): string | null {
  return otherWords.get(name.toLowerCase().replaceAll("_", "")) ?? null;
}

const otherKeys: ReadonlyMap<string, string> = new Map([
  ["activation", "act"],
  ["nonlinearity", "act"],
  ["normalization", "norm"],
  ["batchnorm", "norm"],
  ["bn", "norm"],
  ["usebias", "bias"],
  ["kernelinitializer", "init"],
  ["initializer", "init"],
  ["biasinitializer", "bias_init"],
  ["depthmultiplier", "multiplier"],
  ["dilationrate", "dilation"],
  ["epsilon", "eps"],
  ["interpolation", "mode"],
]);

/** How mnet calls an attribute or setting that other frameworks call `name`, or null. */
export function keyElsewhere(name: string): string | null {
  return otherKeys.get(name.toLowerCase().replaceAll("_", "")) ?? null;
}
