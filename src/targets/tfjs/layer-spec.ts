import type { Activation } from "../../ir/activation.ts";
import type { ShapedNode, ShapedNodeOf } from "../../ir/graph.ts";
import { countedPads } from "../../ir/ops/pool.ts";
import { isZeroMargin } from "../../ir/ops/pad.ts";
import { rowsAdded } from "../../ir/spread.ts";
import { axesOf } from "../../ir/ops/permute.ts";
import { channelsOf, mapOf, type Shape } from "../../ir/shape.ts";
import { depthwiseInitializerValue, initializerValue } from "./initializers.ts";
import { isZero, padsValue, type LayerPadding } from "./padding.ts";
import { coordinateWords } from "./resize-weights.ts";
import { pairValue, type Value } from "../source-plan/value.ts";

/** Every layer that a module can make: factories of `tf.layers`, custom classes, and functions of the module. */
export type LayerName =
  | "conv2d"
  | "depthwiseConv2d"
  | "dense"
  | "batchNormalization"
  | "activation"
  | "maxPooling2d"
  | "averagePooling2d"
  | "globalAveragePooling2d"
  | "globalMaxPooling2d"
  | "globalAveragePool"
  | "globalMaxPool"
  | "dropout"
  | "flatten"
  | "reshape"
  | "permute"
  | "upSampling2d"
  | "zeroPadding2d"
  | "cropping2D"
  | "add"
  | "Subtract"
  | "multiply"
  | "concatenate"
  | "FlexibleConv2D"
  | "DilatedConv2D"
  | "DilatedDepthwiseConv2D"
  | "TransposedConv2D"
  | "PartialBatchNormalization"
  | "SampleNormalization"
  | "ResponseNormalization"
  | "DropPath"
  | "ChannelScale"
  | "ChannelShift"
  | "ChannelPReLU"
  | "PaddedMaxPooling2D"
  | "PaddedAveragePooling2D"
  | "AdaptivePooling2D"
  | "ChannelShuffle"
  | "ChannelSlice"
  | "MapResizing"
  | "DepthToSpace"
  | "SpaceToDepth"
  | "MarginPadding";

/** A layer with its settings in the order in which they are written. */
export interface LayerSpec {
  readonly layer: LayerName;
  readonly attributes: ReadonlyMap<string, Value>;
}

/** What determines the layer of a node, apart from the node. */
export interface LayerContext {
  readonly input: Shape;
  readonly padding: LayerPadding | null;
  /** True for a global pool that returns a vector and so replaces the flatten after it. */
  readonly flattened: boolean;
  /** Returns the name of an activation among those of the network. */
  readonly activationName: (activation: Activation) => string;
}

/** Returns the layer of a node of the training graph. The input is not a layer. */
export function layerSpec(node: ShapedNode, context: LayerContext): LayerSpec {
  switch (node.op) {
    case "input":
      throw new Error("internal: the input is not a layer");
    case "conv":
      return convSpec(node, context);
    case "conv_transpose":
      return convTransposeSpec(node, context.input);
    case "depthwise":
      return depthwiseSpec(node, context);
    case "dense":
      return spec("dense", {
        units: node.units,
        useBias: node.bias,
        kernelInitializer: initializerValue(node.init),
        biasInitializer: node.bias ? initializerValue(node.biasInit) : undefined,
      });
    case "batch_norm":
    case "sample_norm":
    case "response_norm":
    case "scale":
    case "shift":
    case "prelu":
      return channelSpec(node);
    case "activation":
      return spec("activation", { activation: context.activationName(node.activation) });
    case "pool":
      return poolSpec(node, context.input);
    case "adaptive_pool":
      return spec("AdaptivePooling2D", { mode: node.mode, size: node.size });
    case "global_pool":
      if (!context.flattened) return spec(node.mode === "avg" ? "globalAveragePool" : "globalMaxPool", {});
      return spec(node.mode === "avg" ? "globalAveragePooling2d" : "globalMaxPooling2d", {});
    case "dropout":
      return spec(node.sample === true ? "DropPath" : "dropout", { rate: node.rate });
    case "flatten":
    case "squeeze":
    case "reshape":
    case "permute":
      return shapeSpec(node, context.input);
    case "shuffle":
      return spec("ChannelShuffle", { groups: node.groups });
    case "slice":
      return spec("ChannelSlice", { begin: node.from, end: node.to });
    case "pad":
      return padSpec(node);
    case "crop": {
      const [top, bottom, left, right] = node.margins;
      return spec("cropping2D", {
        cropping: [
          [top, bottom],
          [left, right],
        ],
      });
    }
    case "resize":
      return resizeSpec(node);
    case "depth_to_space":
    case "space_to_depth":
      return spec(node.op === "depth_to_space" ? "DepthToSpace" : "SpaceToDepth", {
        blockSize: node.blockSize,
        order: node.order === "tensorflow" ? undefined : node.order,
      });
    case "add":
      return spec("add", {});
    case "sub":
      return spec("Subtract", {});
    case "mul":
      return spec("multiply", {});
    case "concat":
      return spec("concatenate", {});
  }
}

function shapeSpec(node: ShapedNodeOf<"flatten" | "squeeze" | "reshape" | "permute">, input: Shape): LayerSpec {
  if (node.op === "reshape") return spec("reshape", { targetShape: node.extents });
  // Keras counts the axes from 1, after the batch.
  if (node.op === "permute") return spec("permute", { dims: axesOf(node.order).map((axis) => axis + 1) });
  // tf.layers.flatten takes maps only.
  return input.length === 1 ? spec("reshape", { targetShape: [channelsOf(node.shape)] }) : spec("flatten", {});
}

/** Returns the layer of a node that learns numbers of each channel. */
function channelSpec(
  node: ShapedNodeOf<"batch_norm" | "sample_norm" | "response_norm" | "scale" | "shift" | "prelu">,
): LayerSpec {
  switch (node.op) {
    case "batch_norm": {
      const settings = { momentum: node.momentum, epsilon: node.eps };
      if (node.scale && node.center) return spec("batchNormalization", settings);
      return spec("PartialBatchNormalization", { ...settings, scale: node.scale, center: node.center });
    }
    case "sample_norm":
      return spec("SampleNormalization", {
        kind: node.kind,
        groups: node.groups,
        epsilon: node.eps,
        scale: node.scale,
        center: node.kind === "rms" ? undefined : node.center,
      });
    case "response_norm":
      return spec("ResponseNormalization", { epsilon: node.eps });
    case "scale":
      return spec("ChannelScale", {
        factor: node.factor ?? undefined,
        initializer: node.factor === null ? initializerValue(node.init) : undefined,
      });
    case "shift":
      return spec("ChannelShift", {
        amount: node.amount ?? undefined,
        initializer: node.amount === null ? initializerValue(node.init) : undefined,
      });
    case "prelu":
      return spec("ChannelPReLU", { initializer: initializerValue(node.init) });
  }
}

function convSpec(node: ShapedNodeOf<"conv">, { padding }: LayerContext): LayerSpec {
  const dilated = isDilated(node);
  const flexible = node.groups > 1 || dilated;
  return spec(dilated ? "DilatedConv2D" : flexible ? "FlexibleConv2D" : "conv2d", {
    filters: node.filters,
    kernelSize: pairValue(node.kernel),
    strides: pairValue(node.stride),
    padding: padding?.mode ?? "valid",
    dilationRate: flexible ? pairValue(node.dilation) : undefined,
    groups: flexible ? node.groups : undefined,
    useBias: node.bias,
    kernelInitializer: initializerValue(node.init),
    biasInitializer: node.bias ? initializerValue(node.biasInit) : undefined,
  });
}

function convTransposeSpec(node: ShapedNodeOf<"conv_transpose">, input: Shape): LayerSpec {
  const added = rowsAdded(node, input);
  return spec("TransposedConv2D", {
    filters: node.filters,
    kernelSize: pairValue(node.kernel),
    strides: pairValue(node.stride),
    padding: padsValue(node.pads),
    outputPadding: pairValue(added),
    dilationRate: pairValue(node.dilation),
    groups: node.groups,
    useBias: node.bias,
    kernelInitializer: initializerValue(node.init),
    biasInitializer: node.bias ? initializerValue(node.biasInit) : undefined,
  });
}

function depthwiseSpec(node: ShapedNodeOf<"depthwise">, { padding }: LayerContext): LayerSpec {
  const dilated = isDilated(node);
  return spec(dilated ? "DilatedDepthwiseConv2D" : "depthwiseConv2d", {
    kernelSize: pairValue(node.kernel),
    strides: pairValue(node.stride),
    padding: padding?.mode ?? "valid",
    dilationRate: dilated ? pairValue(node.dilation) : undefined,
    depthMultiplier: node.multiplier,
    useBias: node.bias,
    depthwiseInitializer: depthwiseInitializerValue(node.init),
    biasInitializer: node.bias ? initializerValue(node.biasInit) : undefined,
  });
}

function isDilated(node: { readonly dilation: readonly [number, number] }): boolean {
  return node.dilation[0] > 1 || node.dilation[1] > 1;
}

function poolSpec(node: ShapedNodeOf<"pool">, input: Shape): LayerSpec {
  const window = { poolSize: pairValue(node.kernel), strides: pairValue(node.stride) };
  const max = node.mode === "max";
  // An average that pads needs the custom layer, because tf.js gets its gradient wrong.
  if (isZero(node.pads) || (max && node.padding === "same")) {
    const padding = node.padding === "same" ? "same" : "valid";
    return spec(max ? "maxPooling2d" : "averagePooling2d", { ...window, padding });
  }
  if (max) return spec("PaddedMaxPooling2D", { ...window, padding: padsValue(node.pads) });
  const counted = node.countPadding ? padsValue(countedPads(node, input)) : undefined;
  return spec("PaddedAveragePooling2D", { ...window, padding: padsValue(node.pads), counted });
}

function padSpec(node: ShapedNodeOf<"pad">): LayerSpec {
  const { mode, margins, channels, value } = node;
  return isZeroMargin(node) ? zeroPaddingSpec(margins) : spec("MarginPadding", { mode, margins, channels, value });
}

/** tf.js enlarges bilinearly from pixel corners, so that only pixels that are repeated have a layer of its own. */
function resizeSpec({ shape, mode, coordinates, to }: ShapedNodeOf<"resize">): LayerSpec {
  if (mode === "nearest" && "factor" in to && coordinates !== "align_corners") {
    return spec("upSampling2d", { size: to.factor, interpolation: "nearest" });
  }
  const { h, w } = mapOf(shape);
  return spec("MapResizing", { size: [h, w], mode, coordinates: coordinateWords[coordinates] });
}

/** Returns the layer of zeros before a conv. */
export function zeroPaddingSpec(zeros: NonNullable<LayerPadding["zeros"]>): LayerSpec {
  return spec("zeroPadding2d", { padding: padsValue(zeros) });
}

function spec(layer: LayerName, settings: Readonly<Record<string, Value | undefined>>): LayerSpec {
  const set = Object.entries(settings).filter((entry): entry is [string, Value] => entry[1] !== undefined);
  return { layer, attributes: new Map(set) };
}
