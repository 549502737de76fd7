import type { KernelConfig, Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs";
import type { Quad, Tfjs } from "./conv-geometry.ts";

type Params = Parameters<KernelConfig["kernelFunc"]>[0];

/**
 * A kernel that is composed of other kernels. It returns null for cases that the backend's own kernel must compute.
 */
export type FastPath = (tf: Tfjs, params: Params) => Tensor | null;

/**
 * Returns the gradient of a 1x1 conv's input, [n, h, w, in]. The backend's own kernel is a plain loop. This one uses
 * the backend's fast matrix product.
 */
export const pointwiseInputGradient: FastPath = (tf, { inputs, attrs }) => {
  const { dy, filter } = inputs as unknown as { readonly dy: Tensor4D; readonly filter: Tensor4D };
  const { strides, inputShape, dataFormat } = attrs as unknown as {
    readonly strides: number | [number, number];
    readonly inputShape: Quad;
    readonly dataFormat: string;
  };
  const [height, width, inChannels, outChannels] = filter.shape;
  const [batch, rows, columns] = inputShape;
  const pointwise = height === 1 && width === 1 && [strides].flat().every((stride) => stride === 1);
  // With padding the gradient is larger than the input.
  if (!pointwise || dataFormat !== "NHWC" || dy.shape[1] !== rows || dy.shape[2] !== columns) return null;
  return tf.tidy(() => {
    const turned = tf.transpose(filter.reshape<Tensor2D>([inChannels, outChannels]));
    return tf.matMul(dy.reshape<Tensor2D>([batch * rows * columns, outChannels]), turned).reshape(inputShape);
  });
};

/**
 * Repeats one row: [1, .., 1, c] becomes [a, .., b, c]. The gradient of batch norm uses this op. The backend's own
 * kernel copies one number at a time and would take a third of a training step.
 */
export const repeatedRow: FastPath = (tf, { inputs, attrs }) => {
  const { x } = inputs as unknown as { readonly x: Tensor };
  const { reps } = attrs as unknown as { readonly reps: readonly number[] };
  const channels = x.shape.at(-1) ?? 0;
  const isRow = x.dtype === "float32" && reps.length === x.rank && reps.at(-1) === 1 && x.size === channels;
  const rows = reps.reduce((product, times) => product * times, 1);
  if (!isRow || x.size === 0 || rows === 0) return null;
  return tf.tidy(() => {
    const repeated = tf.matMul(tf.fill<Tensor2D["rankType"]>([rows, 1], 1), x.reshape<Tensor2D>([1, channels]));
    return repeated.reshape([...reps.slice(0, -1), channels]);
  });
};
