import { normCells, type SampleNormOp } from "../../ir/ops/sample-norm.ts";
import { channelsOf, type Shape } from "../../ir/shape.ts";
import { tensorData } from "../../weights/read-tensor.ts";
import { onlyInput, type Kernel } from "../kernel.ts";

/** Mean and variance of one cell. The mean is 0 if the norm does not subtract one. */
export interface CellMoments {
  readonly mean: number;
  readonly variance: number;
  /** The indices of the cell's numbers. */
  readonly places: readonly number[];
}

/** Returns mean and variance of every cell into which a norm divides a value. */
export function* cellMoments(op: SampleNormOp, shape: Shape, data: Float64Array): Generator<CellMoments> {
  const channels = channelsOf(shape);
  const { pixels, width, groups } = normCells(op, shape);
  const count = pixels * width;
  for (let first = 0; first < data.length; first += pixels * channels) {
    for (let group = 0; group < groups; group++) {
      const start = first + group * width;
      const places = Array.from({ length: count }, (_, i) => start + Math.floor(i / width) * channels + (i % width));
      const mean = op.kind === "rms" ? 0 : places.reduce((sum, at) => sum + data[at]!, 0) / count;
      const variance = places.reduce((sum, at) => sum + (data[at]! - mean) ** 2, 0) / count;
      yield { mean, variance, places };
    }
  }
}

/** Normalises each cell with its own mean and variance, then scales and shifts each channel. */
export const sampleNorm: Kernel<"sample_norm"> = (node, inputs, weights) => {
  const { data, shape } = onlyInput(inputs);
  const channels = channelsOf(shape);
  const vector = (slot: string) => tensorData(weights, `${node.path}/${slot}`, [channels]);
  const gamma = node.scale ? vector("gamma") : null;
  const beta = node.center ? vector("beta") : null;
  const result = new Float64Array(data.length);
  for (const { mean, variance, places } of cellMoments(node, shape, data)) {
    const factor = 1 / Math.sqrt(variance + node.eps);
    for (const at of places) {
      const channel = at % channels;
      result[at] = (data[at]! - mean) * factor * (gamma?.[channel] ?? 1) + (beta?.[channel] ?? 0);
    }
  }
  return result;
};
