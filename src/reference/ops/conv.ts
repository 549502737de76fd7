import { mapOf } from "../../ir/shape.ts";
import { boundWeights } from "../../weights/bind.ts";
import { onlyInput, type Kernel } from "../kernel.ts";
import { activate } from "../activations.ts";
import { tapsOnMap } from "../window-taps.ts";

/**
 * out[y, x, o] = bias[o] + sum over ky, kx, i of in[y * stride + ky * dilation - top, ..., i] * kernel[ky, kx, i, o], for o
 * and i of one group; taps in the padding add nothing. A pixel's output channels are accumulated in place, four input
 * channels at a time, which quarters the loads and stores of the innermost loop.
 */
export const conv: Kernel<"conv"> = (node, inputs, weights) => {
  const source = onlyInput(inputs);
  const { h, w, c } = mapOf(source.shape);
  const out = mapOf(node.shape);
  const { kernel, bias } = boundWeights(node, source.shape, weights);
  const [kh, kw] = node.kernel;
  const [top, , left] = node.pads;
  const groupInputs = c / node.groups;
  const groupOutputs = out.c / node.groups;
  const result = new Float64Array(out.h * out.w * out.c);
  for (let y = 0; y < out.h; y++) {
    const row = y * node.stride[0] - top;
    const rows = tapsOnMap(row, kh, node.dilation[0], h);
    for (let x = 0; x < out.w; x++) {
      const column = x * node.stride[1] - left;
      const columns = tapsOnMap(column, kw, node.dilation[1], w);
      const pixel = (y * out.w + x) * out.c;
      if (bias !== null) result.set(bias, pixel);
      for (let ky = rows.begin; ky < rows.end; ky++) {
        for (let kx = columns.begin; kx < columns.end; kx++) {
          const from = ((row + ky * node.dilation[0]) * w + column + kx * node.dilation[1]) * c;
          const tap = (ky * kw + kx) * groupInputs * out.c;
          for (let g = 0; g < node.groups; g++) {
            const weightsAt = tap + g * groupOutputs;
            multiplyAdd(
              source.data,
              from + g * groupInputs,
              groupInputs,
              kernel,
              weightsAt,
              out.c,
              result,
              pixel + g * groupOutputs,
              groupOutputs,
            );
          }
        }
      }
    }
  }
  return node.activation === null ? result : activate(node.activation, result, out.c);
};

/**
 * y[o] += sum over i < inputs of x[i] * k[i * stride + o], for o < outputs; every vector begins at its offset. Convs
 * and dense layers use this matrix product.
 */
export function multiplyAdd(
  x: Float64Array,
  xAt: number,
  inputs: number,
  k: Float64Array,
  kAt: number,
  stride: number,
  y: Float64Array,
  yAt: number,
  outputs: number,
): void {
  let i = 0;
  for (; i + 4 <= inputs; i += 4) {
    const x0 = x[xAt + i]!;
    const x1 = x[xAt + i + 1]!;
    const x2 = x[xAt + i + 2]!;
    const x3 = x[xAt + i + 3]!;
    const k0 = kAt + i * stride;
    const k1 = k0 + stride;
    const k2 = k1 + stride;
    const k3 = k2 + stride;
    for (let o = 0; o < outputs; o++) {
      y[yAt + o]! += x0 * k[k0 + o]! + x1 * k[k1 + o]! + x2 * k[k2 + o]! + x3 * k[k3 + o]!;
    }
  }
  for (; i < inputs; i++) {
    const xi = x[xAt + i]!;
    const ki = kAt + i * stride;
    for (let o = 0; o < outputs; o++) y[yAt + o]! += xi * k[ki + o]!;
  }
}
