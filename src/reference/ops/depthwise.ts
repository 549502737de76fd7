import { mapOf } from "../../ir/shape.ts";
import { boundWeights } from "../../weights/bind.ts";
import { activate } from "../activations.ts";
import { onlyInput, type Kernel } from "../kernel.ts";
import { tapsOnMap } from "../window-taps.ts";

/**
 * out[y, x, i * multiplier + m] = bias + sum over ky, kx of in[y * stride + ky * dilation - top, ..., i] *
 * kernel[ky, kx, i, m]; taps in the padding add nothing.
 */
export const depthwise: Kernel<"depthwise"> = (node, inputs, weights) => {
  const source = onlyInput(inputs);
  const { h, w, c } = mapOf(source.shape);
  const out = mapOf(node.shape);
  const { kernel, bias } = boundWeights(node, source.shape, weights);
  const [kh, kw] = node.kernel;
  const [top, , left] = node.pads;
  const { multiplier } = node;
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
          const tap = (ky * kw + kx) * out.c;
          for (let i = 0; i < c; i++) {
            const value = source.data[from + i]!;
            for (let o = i * multiplier; o < (i + 1) * multiplier; o++) result[pixel + o]! += value * kernel[tap + o]!;
          }
        }
      }
    }
  }
  return node.activation === null ? result : activate(node.activation, result, out.c);
};
