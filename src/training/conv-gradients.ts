import type { Rank, Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs";
import { type ConvAttributes, convGeometry, type Geometry, type Quad, type Tfjs } from "./conv-geometry.ts";

interface FilterInputs {
  readonly x: Tensor4D;
  readonly dy: Tensor4D;
}

type FilterAttributes = ConvAttributes & { readonly filterShape: Quad };

/**
 * Returns the gradient of a conv's kernel, [kh, kw, in, out], from its input x and the output's gradient dy. It is one product of matrices:
 * the input as each tap sees it times the gradient, summed over all places of all images.
 */
export function convFilterGradient(tf: Tfjs, { x, dy }: FilterInputs, attributes: FilterAttributes): Tensor {
  const geometry = convGeometry(tf, "Conv2DBackpropFilter", x.shape, attributes.filterShape, attributes);
  return tf.tidy(() => {
    const { seen, gradient } = tapViews(tf, x, dy, geometry);
    return tf.matMul(seen, gradient).reshape(attributes.filterShape);
  });
}

/**
 * Returns the gradient of a depthwise conv's kernel, [kh, kw, channels, multiplier], from its input x and the output's
 * gradient dy. It is a depthwise conv of the input. Its kernel is the gradient dy, which has the size of the output
 * and is dilated by the stride. The images of the batch become channels, and the results are summed over the images at
 * the end.
 */
export function depthwiseFilterGradient(tf: Tfjs, { x, dy }: FilterInputs, attributes: FilterAttributes): Tensor {
  const { filterShape } = attributes;
  const geometry = convGeometry(tf, "DepthwiseConv2dNativeBackpropFilter", x.shape, filterShape, attributes);
  const { batch, output, kernel, stride, outChannels } = geometry;
  return tf.tidy(() => {
    const repeated = repeatChannels(tf, x, filterShape[3]);
    const seen = imagesAsChannels(tf, padToReach(tf, repeated, geometry));
    const gradient = imagesAsChannels(tf, dy).reshape<Tensor4D>([...output, batch * outChannels, 1]);
    const sums = tf.depthwiseConv2d(seen, gradient, 1, "valid", "NHWC", [...stride]);
    // Rows and columns that no window reaches make the result larger than the kernel.
    const taps = tf.slice4d(sums, [0, 0, 0, 0], [1, ...kernel, batch * outChannels]);
    return taps
      .reshape([kernel[0] * kernel[1], batch, outChannels])
      .sum(1)
      .reshape(filterShape);
  });
}

/**
 * Returns the gradient of a depthwise conv's input, [n, h, w, channels]. It is a conv of the output's gradient, with
 * zeros inserted between values for the stride, and with the kernel rotated by 180 degrees.
 */
export function depthwiseInputGradient(
  tf: Tfjs,
  { dy, filter }: { readonly dy: Tensor4D; readonly filter: Tensor4D },
  attributes: ConvAttributes & { readonly inputShape: Quad },
): Tensor {
  const { inputShape } = attributes;
  const geometry = convGeometry(tf, "DepthwiseConv2dNativeBackpropInput", inputShape, filter.shape, attributes);
  const { kernel, inChannels, outChannels } = geometry;
  return tf.tidy(() => {
    const spread = alignForInput(tf, spreadByStride(tf, dy, geometry), geometry);
    const turned = tf.reverse(filter, [0, 1]).reshape<Tensor4D>([...kernel, outChannels, 1]);
    const perFilter = tf.depthwiseConv2d(spread, turned, 1, "valid");
    if (outChannels === inChannels) return perFilter;
    return perFilter.reshape([...inputShape, outChannels / inChannels]).sum(-1);
  });
}

/**
 * Returns the input as each tap sees it, [taps * in, places], and the gradient, [places, out]. Both maps are written
 * to a grid of zeros of the same size, and each gradient is at the place where its window begins. So the view of a tap
 * is the same grid with an offset. That takes one copy for each channel; copying windows out of rows would take one
 * for each row. The views are already transposed, because the backend's fast product does not transpose its operands.
 */
function tapViews(tf: Tfjs, x: Tensor4D, dy: Tensor4D, geometry: Geometry) {
  const { batch, output, kernel, stride, inChannels, outChannels } = geometry;
  const placed = padToReach(tf, x, geometry);
  const [, rows, columns] = placed.shape;
  const grid = batch * rows * columns;
  const all = tf.transpose(placed.reshape<Tensor2D>([grid, inChannels]));
  const spread = spreadByStride(tf, dy, geometry);
  const [below, right] = [rows - output[0] * stride[0], columns - output[1] * stride[1]];
  const gradients = padMap(tf, spread, [0, below], [0, right]).reshape<Tensor2D>([grid, outChannels]);
  const last = (kernel[0] - 1) * columns + kernel[1] - 1;
  if (last === 0) return { seen: all, gradient: gradients };
  const places = grid - last;
  const views = Array.from({ length: kernel[0] * kernel[1] }, (_, tap) => {
    const further = Math.floor(tap / kernel[1]) * columns + (tap % kernel[1]);
    return tf.slice2d(all, [0, further], [inChannels, places]);
  });
  return { seen: tf.concat(views, 0), gradient: tf.slice2d(gradients, [0, 0], [places, outChannels]) };
}

/** Pads the input with zeros up to the last tap of the last window. Each window has at least `stride` places. */
function padToReach(tf: Tfjs, x: Tensor4D, { input, output, kernel, stride, before }: Geometry): Tensor4D {
  const sides = (axis: 0 | 1): [number, number] => {
    const reach = (output[axis] - 1) * stride[axis] + Math.max(kernel[axis], stride[axis]);
    return [before[axis], Math.max(0, reach - before[axis] - input[axis])];
  };
  return padMap(tf, x, sides(0), sides(1));
}

/** Turns [n, h, w, c] into [1, h, w, n * c]. */
function imagesAsChannels(tf: Tfjs, maps: Tensor4D): Tensor4D {
  const [batch, height, width, channels] = maps.shape;
  const rows = maps.reshape([batch, height * width, channels]);
  return tf.transpose(rows, [1, 0, 2]).reshape([1, height, width, batch * channels]);
}

/** Adds rows and columns of zeros around every map. */
function padMap(tf: Tfjs, map: Tensor4D, vertical: [number, number], horizontal: [number, number]): Tensor4D {
  if ([...vertical, ...horizontal].every((zeros) => zeros === 0)) return map;
  return tf.pad4d(map, [[0, 0], vertical, horizontal, [0, 0]]);
}

/** Repeats each channel once for every filter that reads it. The copies are next to each other. */
function repeatChannels(tf: Tfjs, x: Tensor4D, times: number): Tensor4D {
  if (times === 1) return x;
  const [batch, height, width, channels] = x.shape;
  const column = x.reshape<Tensor2D>([batch * height * width * channels, 1]);
  return tf.matMul(column, tf.ones<Rank.R2>([1, times])).reshape([batch, height, width, channels * times]);
}

/**
 * Turns [n, oh, ow, c] into [n, oh * stride, ow * stride, c]: zeros after each value fill the places that the stride
 * skipped.
 */
function spreadByStride(tf: Tfjs, dy: Tensor4D, { batch, output, stride, outChannels }: Geometry): Tensor4D {
  const [rows, columns] = output;
  const [down, across] = stride;
  const widen = (map: Tensor, items: number, size: number, times: number): Tensor =>
    times === 1
      ? map
      : tf.pad2d(map.reshape([items, size]), [
          [0, 0],
          [0, (times - 1) * size],
        ]);
  const wide = widen(dy, batch * rows * columns, outChannels, across);
  const spread = widen(wide, batch * rows, columns * across * outChannels, down);
  return spread.reshape([batch, rows * down, columns * across, outChannels]);
}

/** Adds zeros to the spread gradient, or cuts it, so that a valid conv with the turned kernel gives the input's rows and columns. */
function alignForInput(tf: Tfjs, spread: Tensor4D, { batch, input, kernel, before, outChannels }: Geometry): Tensor4D {
  const sides = (axis: 0 | 1): [number, number] => {
    const first = kernel[axis] - 1 - before[axis];
    return [first, input[axis] + before[axis] - spread.shape[axis === 0 ? 1 : 2]];
  };
  const [vertical, horizontal] = [sides(0), sides(1)];
  const zeros = ([first, last]: [number, number]): [number, number] => [Math.max(0, first), Math.max(0, last)];
  const padded = padMap(tf, spread, zeros(vertical), zeros(horizontal));
  const size: Quad = [batch, input[0] + kernel[0] - 1, input[1] + kernel[1] - 1, outChannels];
  if (size[1] === padded.shape[1] && size[2] === padded.shape[2]) return padded;
  return tf.slice4d(padded, [0, Math.max(0, -vertical[0]), Math.max(0, -horizontal[0]), 0], size);
}
