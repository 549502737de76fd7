import { hardSigmoid, hardSwish, logSoftmax, scaledElu, tanhGelu } from "./custom-layers/activations.ts";
import { depthToSpace, spaceToDepth } from "./custom-layers/blocks.ts";
import { channelShuffle, channelSlice } from "./custom-layers/channels-and-maps.ts";
import { channelPrelu, channelScale, channelShift, subtract } from "./custom-layers/channel-constants.ts";
import { dilatedConv2D, dilatedDepthwiseConv2D, flexibleConv2D } from "./custom-layers/convolutions.ts";
import type { CustomLayer } from "./custom-layers/custom-layer.ts";
import { mapResizing } from "./custom-layers/map-resizing.ts";
import { marginPadding } from "./custom-layers/margin-padding.ts";
import { adaptivePooling2D } from "./custom-layers/adaptive-pooling.ts";
import { paddedAveragePooling2D, paddedMaxPooling2D } from "./custom-layers/pools.ts";
import { dropPath } from "./custom-layers/drop-path.ts";
import { partialBatchNormalization } from "./custom-layers/partial-batch-normalization.ts";
import { responseNormalization } from "./custom-layers/response-norm.ts";
import { sampleNormalization } from "./custom-layers/sample-norms.ts";
import { transposedConv2D } from "./custom-layers/transposed-conv.ts";
import { supportNeeds, supportSources, type SupportName } from "./custom-layers/support.ts";
import { annotated, type Language } from "./language.ts";

/** The layers that tf.js lacks or computes wrongly, by class name, in the order in which they are emitted. */
export const customLayers = {
  FlexibleConv2D: flexibleConv2D,
  DilatedConv2D: dilatedConv2D,
  DilatedDepthwiseConv2D: dilatedDepthwiseConv2D,
  TransposedConv2D: transposedConv2D,
  PartialBatchNormalization: partialBatchNormalization,
  SampleNormalization: sampleNormalization,
  ResponseNormalization: responseNormalization,
  DropPath: dropPath,
  ChannelScale: channelScale,
  ChannelShift: channelShift,
  ChannelPReLU: channelPrelu,
  Subtract: subtract,
  HardSigmoid: hardSigmoid,
  HardSwish: hardSwish,
  ScaledELU: scaledElu,
  LogSoftmax: logSoftmax,
  TanhGELU: tanhGelu,
  PaddedMaxPooling2D: paddedMaxPooling2D,
  PaddedAveragePooling2D: paddedAveragePooling2D,
  AdaptivePooling2D: adaptivePooling2D,
  ChannelShuffle: channelShuffle,
  ChannelSlice: channelSlice,
  MapResizing: mapResizing,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
  MarginPadding: marginPadding,
} as const satisfies Record<string, CustomLayer>;

export type CustomLayerName = keyof typeof customLayers;

export function isCustomLayer(name: string): name is CustomLayerName {
  return Object.hasOwn(customLayers, name);
}

/** All names that the classes and their support can define. */
export const customNames: readonly string[] = [
  ...Object.keys(customLayers),
  ...Object.keys(customLayers).map((name) => `${name}Args`),
  ...Object.keys(supportSources),
  "InitializerLike",
  "dilatedGradients",
  "everyNth",
  "serialized",
];

/** Writes the source of the classes in `used`, after the support that they share. */
export function customLayerSource(
  used: ReadonlySet<CustomLayerName>,
  extraSupport: ReadonlySet<SupportName>,
  language: Language,
): string {
  const names = (Object.keys(customLayers) as CustomLayerName[]).filter((name) => used.has(name));
  const support = new Set<SupportName>();
  const add = (name: SupportName): void => {
    for (const needed of supportNeeds[name] ?? []) add(needed);
    support.add(name);
  };
  for (const name of [...extraSupport, ...names.flatMap((layer) => customLayers[layer].needs)]) add(name);
  const order = (Object.keys(supportSources) as SupportName[]).filter((name) => support.has(name));
  return annotated(
    language,
    [...order.map((name) => supportSources[name]), ...names.map((name) => customLayers[name].source)].join("\n"),
  );
}
