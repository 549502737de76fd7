import { elementsOf, sameShape, type Shape } from "../../ir/shape.ts";
import type { WeightTensor } from "../../formats/tensor.ts";
import type { KernelLayout, Slot } from "./checkpoint.ts";
import { swapChannels, swappedShape } from "../swap-channels.ts";
import type { ExpectedLayer } from "./expected-layers.ts";

/**
 * Returns a checkpoint's tensor as mnet stores it: the same numbers in another order. Returns null if its shape is not that of `shape` in
 * this layout. A dense kernel equals that of a 1x1 conv.
 */
export function convertTensor(
  tensor: WeightTensor,
  layer: ExpectedLayer,
  slot: Slot,
  shape: Shape,
  layout: KernelLayout,
): Float32Array | null {
  if (layer.op === "conv_transpose" && slot === "kernel" && layout !== "mnet") {
    return convertTransposed(tensor, layer, shape, layout);
  }
  if (layout !== "torch") return sameShape(withoutOnes(tensor.shape, shape), shape) ? tensor.data : null;
  if (slot !== "kernel") {
    if (!sameShape(tensor.shape, shape)) return null;
    return ["batch_norm", "sample_norm", "scale", "shift", "prelu"].includes(layer.op) && layer.flattened !== null
      ? reorderRows(tensor.data, layer.flattened, 1)
      : tensor.data;
  }
  const stored = storedShape(layer, shape, layout);
  if (!sameShape(withoutOnes(tensor.shape, stored), stored)) return null;
  const turned = layer.op === "dense" ? turnDense(tensor.data, shape) : turnConv(tensor.data, layer.op, shape);
  return layer.flattened === null ? turned : reorderRows(turned, layer.flattened, shape.at(-1) ?? 1);
}

/** Returns the shape in which a layout stores a kernel of mnet's shape. */
export function storedShape({ op, groups }: ExpectedLayer, shape: Shape, layout: KernelLayout): Shape {
  const turned = op === "conv_transpose" && layout !== "mnet" ? swappedShape(shape, groups) : shape;
  return layout === "torch" ? torchShape(op, turned) : turned;
}

/** PyTorch and Keras store the channels of a transposed conv the other way round, as those of the conv whose gradient it is. */
function convertTransposed(
  tensor: WeightTensor,
  layer: ExpectedLayer,
  shape: Shape,
  layout: KernelLayout,
): Float32Array | null {
  if (!sameShape(tensor.shape, storedShape(layer, shape, layout))) return null;
  const swapped = swappedShape(shape, layer.groups);
  const data = layout === "torch" ? turnConv(tensor.data, "conv", swapped) : tensor.data;
  return swapChannels(data, swapped, layer.groups);
}

function torchShape(op: ExpectedLayer["op"], shape: Shape): Shape {
  if (op === "dense") return [shape[1] ?? 0, shape[0] ?? 0];
  const [kh = 0, kw = 0, inputs = 0, outputs = 0] = shape;
  return op === "depthwise" ? [inputs * outputs, 1, kh, kw] : [outputs, inputs, kh, kw];
}

/**
 * Returns the expected shape if it equals `shape` apart from axes of length 1, as for a 1x1 conv and a dense layer.
 */
function withoutOnes(shape: Shape, wanted: Shape): Shape {
  if (shape.length === wanted.length) return shape;
  const [longer, shorter] = shape.length > wanted.length ? [shape, wanted] : [wanted, shape];
  const [ones, rest] =
    longer.length !== 4 || shorter.length !== 2
      ? [[], []]
      : longer[0] === 1 && longer[1] === 1
        ? [longer.slice(0, 2), longer.slice(2)]
        : [longer.slice(2), longer.slice(0, 2)];
  return elementsOf(ones) === 1 && ones.length === 2 && sameShape(rest, shorter) ? wanted : shape;
}

/** `[units, inputs]` to `[inputs, units]`. */
function turnDense(data: Float32Array, [inputs = 0, units = 0]: Shape): Float32Array {
  const turned = new Float32Array(data.length);
  for (let unit = 0; unit < units; unit++) {
    for (let input = 0; input < inputs; input++) turned[input * units + unit] = data[unit * inputs + input]!;
  }
  return turned;
}

/** OIHW to HWIO; a depthwise kernel has one input, and its output `c * multiplier + m` is HWIM's last two axes already. */
function turnConv(data: Float32Array, op: ExpectedLayer["op"], shape: Shape): Float32Array {
  const [outputs = 0, inputs = 0, kh = 0, kw = 0] = torchShape(op, shape);
  const turned = new Float32Array(data.length);
  let from = 0;
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) {
      for (let at = 0; at < kh * kw; at++) turned[(at * inputs + i) * outputs + o] = data[from++]!;
    }
  }
  return turned;
}

/** Rows in the order channel, row, column to rows in the order row, column, channel. */
function reorderRows(data: Float32Array, [h = 0, w = 0, c = 0]: Shape, rowLength: number): Float32Array {
  const reordered = new Float32Array(data.length);
  for (let channel = 0; channel < c; channel++) {
    for (let place = 0; place < h * w; place++) {
      const from = (channel * h * w + place) * rowLength;
      reordered.set(data.subarray(from, from + rowLength), (place * c + channel) * rowLength);
    }
  }
  return reordered;
}
