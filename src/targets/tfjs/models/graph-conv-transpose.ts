import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { mapOf, type Shape } from "../../../ir/shape.ts";
import { rowsAdded } from "../../../ir/spread.ts";
import type { WeightStore } from "../../../formats/tensor.ts";
import { tensorData } from "../../../weights/read-tensor.ts";
import { swapChannels, swappedShape } from "../../../weights/swap-channels.ts";
import { isZero } from "../padding.ts";
import { writeActivation } from "./graph-activations.ts";
import { windowAttributes } from "./graph-windows.ts";
import { intList, type GraphWriter } from "./graph-writer.ts";
import { dilatedKernel } from "./kernels.ts";

interface WrittenConvTranspose {
  /** The name of the last graph node that is written for it. */
  readonly name: string;
  readonly node: ShapedNodeOf<"conv_transpose">;
  /** Name of the value that it reads. */
  readonly x: string;
  readonly input: Shape;
}

/**
 * Writes a transposed conv as TensorFlow has it, the gradient of a conv by its input, in groups one by one. It takes the shape of its
 * output with the number of images, which only the input knows.
 */
export function writeConvTranspose(writer: GraphWriter, written: WrittenConvTranspose, weights: WeightStore): void {
  const { name, node } = written;
  const steps: ((name: string, x: string) => string)[] = [];
  const { filters, bias, activation } = node;
  if (bias) {
    const values = tensorData(weights, `${node.path}/bias`, [filters]);
    steps.push((to, from) => writer.add(to, "BiasAdd", [from, writer.floats(`${node.path}/bias`, [filters], values)]));
  }
  if (activation !== null) steps.push((to, from) => writeActivation(writer, to, activation, from));
  const suffixes = ["/windows", "/biased"].slice(0, steps.length);
  const nameOf = (step: number): string => `${name}${step < steps.length ? (suffixes[step] ?? "") : ""}`;
  let value = writeWindows(writer, { ...written, name: nameOf(0) }, weights);
  steps.forEach((step, index) => (value = step(nameOf(index + 1), value)));
}

function writeWindows(writer: GraphWriter, written: WrittenConvTranspose, weights: WeightStore): string {
  const { name, node, x, input } = written;
  const { add, ints } = writer;
  const { groups, filters } = node;
  const { c } = mapOf(input);
  const out = mapOf(node.shape);
  const own = [...node.kernel, c / groups, filters];
  const data = tensorData(weights, `${node.path}/kernel`, own);
  // tf.js adds no row that lies a stride or more after the last window.
  const beyond = rowsAdded(node, input).map((rows, axis) => Math.max(0, rows - (node.stride[axis] ?? 1) + 1));
  const [down = 0, across = 0] = beyond;
  const shape = add(`${name}/shape`, "Shape", [x]);
  const images = add(`${name}/images`, "Slice", [shape, ints("begin", [0]), ints("size", [1])]);
  const extents = ints("extents", [out.h - down, out.w - across, filters / groups]);
  const size = add(`${name}/size`, "ConcatV2", [images, extents, ints("axis", 0)], { N: { i: "2" } });
  const padding = isZero(node.pads) ? "VALID" : "EXPLICIT";
  const attributes = {
    ...windowAttributes(node.stride, padding),
    dilations: intList([1, 1, 1, 1]),
    ...(padding === "EXPLICIT" ? { explicit_paddings: intList([0, 0, ...node.pads, 0, 0]) } : {}),
  };
  const isLast = down + across === 0;
  const whole = isLast ? name : `${name}/reached`;
  const swapped = { shape: swappedShape(own, groups), data: swapChannels(data, own, groups) };
  const { shape: kernelShape, data: kernelData } = dilatedKernel(swapped, node.dilation);
  const per = c / groups;
  const parts = Array.from({ length: groups }, (_unused, group) => {
    const at = groups === 1 ? whole : `${whole}/group${group}`;
    const part = groups === 1 ? kernelData : columnsOf(kernelData, c, group * per, per);
    const stored = [...kernelShape.slice(0, 3), per];
    const kernel = writer.kernel(`${at}/kernel`, stored, part, data);
    const read = ints("begin", [0, 0, 0, group * per]);
    const from = groups === 1 ? x : add(`${at}/slice`, "Slice", [x, read, ints("size", [-1, -1, -1, per])]);
    return add(at, "Conv2DBackpropInput", [size, kernel, from], attributes);
  });
  if (groups > 1) add(whole, "ConcatV2", [...parts, ints("axis", 3)], { N: { i: String(groups) } });
  if (isLast) return whole;
  return add(name, "Pad", [whole, ints("paddings", [0, 0, 0, down, 0, across, 0, 0], [4, 2])]);
}

/** Returns `count` columns of a matrix with rows of `width`, from `first` on. */
function columnsOf(data: Float32Array, width: number, first: number, count: number): Float32Array {
  const part = new Float32Array((data.length / width) * count);
  for (let row = 0; row * width < data.length; row++) {
    part.set(data.subarray(row * width + first, row * width + first + count), row * count);
  }
  return part;
}
