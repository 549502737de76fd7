import { mapOf } from "../../ir/shape.ts";
import { boundWeights } from "../../weights/bind.ts";
import { activate } from "../activations.ts";
import { onlyInput, type Kernel } from "../kernel.ts";
import { multiplyAdd } from "./conv.ts";

/**
 * Each input pixel (y, x) adds in[y, x, i] * kernel[ky, kx, i, o] to out[y * stride + ky * dilation - top, ..., o],
 * for o and i of one group. Products outside of the output are left out. Each output starts as its bias.
 */
export const convTranspose: Kernel<"conv_transpose"> = (node, inputs, weights) => {
  const source = onlyInput(inputs);
  const { h, w, c } = mapOf(source.shape);
  const out = mapOf(node.shape);
  const { kernel, bias } = boundWeights(node, source.shape, weights);
  const [kh, kw] = node.kernel;
  const [top, , left] = node.pads;
  const groupInputs = c / node.groups;
  const groupOutputs = out.c / node.groups;
  const result = new Float64Array(out.h * out.w * out.c);
  if (bias !== null) for (let pixel = 0; pixel < result.length; pixel += out.c) result.set(bias, pixel);
  for (let pixel = 0; pixel < h * w; pixel++) {
    const [y, x] = [Math.floor(pixel / w), pixel % w];
    for (let tap = 0; tap < kh * kw; tap++) {
      const row = y * node.stride[0] + Math.floor(tap / kw) * node.dilation[0] - top;
      const column = x * node.stride[1] + (tap % kw) * node.dilation[1] - left;
      if (row < 0 || row >= out.h || column < 0 || column >= out.w) continue;
      for (let g = 0; g < node.groups; g++) {
        multiplyAdd(
          source.data,
          pixel * c + g * groupInputs,
          groupInputs,
          kernel,
          tap * groupInputs * out.c + g * groupOutputs,
          out.c,
          result,
          (row * out.w + column) * out.c + g * groupOutputs,
          groupOutputs,
        );
      }
    }
  }
  return node.activation === null ? result : activate(node.activation, result, out.c);
};
