import { channelsOf } from "../../../ir/shape.ts";
import { normScaleShift } from "../../../weights/bind.ts";
import { swapChannels, swappedShape } from "../../../weights/swap-channels.ts";
import type { WeightStore, WeightTensor } from "../../../formats/tensor.ts";
import type { FoldedForm } from "../models/folded-form.ts";
import { dilatedKernel, spreadsKernel } from "../models/kernels.ts";

/**
 * Returns the tensors that the inference module reads. They are those of the folded form, with two exceptions: a norm
 * that cannot be folded becomes a scale and a shift, and a dilated kernel that tf.js cannot run gets zeros between its
 * taps.
 */
export function inferWeights({ graph, weights }: FoldedForm): WeightStore {
  const tensors = new Map<string, WeightTensor>();
  const put = (tensor: WeightTensor) => tensors.set(tensor.name, tensor);
  for (const node of graph.nodes) {
    if (node.op === "batch_norm") {
      const shape = [channelsOf(node.shape)];
      for (const [slot, data] of Object.entries(normScaleShift(node, weights))) {
        put({ name: `${node.path}/${slot}`, shape, data: new Float32Array(data as Float64Array) });
      }
      continue;
    }
    for (const slot of ["kernel", "bias", "gamma", "beta", "alpha"]) {
      const tensor = weights.get(`${node.path}/${slot}`);
      if (tensor === undefined) continue;
      if (slot === "kernel" && node.op === "conv_transpose") {
        const turned = {
          shape: swappedShape(tensor.shape, node.groups),
          data: swapChannels(tensor.data, tensor.shape, node.groups),
        };
        put({ ...tensor, ...dilatedKernel(turned, node.dilation) });
        continue;
      }
      const spread = slot === "kernel" && (node.op === "conv" || node.op === "depthwise") && spreadsKernel(node);
      put(spread ? { ...tensor, ...dilatedKernel(tensor, node.dilation) } : tensor);
    }
  }
  return tensors;
}
