export type Tfjs = typeof import("@tensorflow/tfjs");

/** A height and a width. */
export type Pair = readonly [number, number];
export type Quad = [number, number, number, number];

type Padding = Parameters<Tfjs["backend_util"]["computeConv2DInfo"]>[4];

/** The attributes that tf.js passes to the gradient kernels of convs. */
export interface ConvAttributes {
  readonly strides: number | [number, number];
  readonly pad: Padding;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
  /** Only depthwise convs have it. */
  readonly dilations?: number | [number, number];
  /** Only convs that are not depthwise have it. */
  readonly dataFormat?: string;
}

/** The geometry of a conv over NHWC maps without dilation. Tap (r, c) of output (y, x) reads the input at (y * stride + r - before). */
export interface Geometry {
  readonly batch: number;
  /** Rows and columns of input, output and kernel. */
  readonly input: Pair;
  readonly output: Pair;
  readonly kernel: Pair;
  readonly stride: Pair;
  /** Rows above and columns left of the input that count as zeros. */
  readonly before: Pair;
  readonly inChannels: number;
  readonly outChannels: number;
}

/**
 * Returns the geometry of a conv, with strides and padding as in the forward kernel.
 *
 * @throws for a dilation, because tf.js has no gradient for it, and for NCHW, because the wasm backend has no such
 * conv
 */
export function convGeometry(
  tf: Tfjs,
  kernelName: string,
  inputShape: Quad,
  filterShape: Quad,
  attributes: ConvAttributes,
): Geometry {
  const { strides, pad, dimRoundingMode, dilations = 1, dataFormat = "NHWC" } = attributes;
  if (dataFormat !== "NHWC") {
    throw new Error(`${kernelName} on the wasm backend expects NHWC maps, found ${dataFormat}.`);
  }
  if ([dilations].flat().some((rate) => rate !== 1)) {
    throw new Error(`${kernelName} expects a dilation of 1, found ${[dilations].flat().join("x")}.`);
  }
  const depthwise = kernelName.startsWith("Depthwise");
  const info = tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad, dimRoundingMode, depthwise);
  return {
    batch: info.batchSize,
    input: [info.inHeight, info.inWidth],
    output: [info.outHeight, info.outWidth],
    kernel: [info.filterHeight, info.filterWidth],
    stride: [info.strideHeight, info.strideWidth],
    before: [info.padInfo.top, info.padInfo.left],
    inChannels: info.inChannels,
    outChannels: info.outChannels,
  };
}
