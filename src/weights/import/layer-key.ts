import { formatShape, type Shape } from "../../ir/shape.ts";
import { swappedShape } from "../swap-channels.ts";
import type { CheckpointLayer, KernelLayout, Slot } from "./checkpoint.ts";
import type { ExpectedLayer } from "./expected-layers.ts";

/**
 * Returns the key that matching compares: the names of a layer's weights and the shape of its kernel. A dense kernel
 * has the key of a 1x1 conv, because frameworks use either of the two for a classifier. The weights of two layers with
 * equal keys have the same shapes.
 */
export function expectedKey(layer: ExpectedLayer, layout: KernelLayout): string {
  return keyOf(layer.slots, (kernel) => {
    const [kh = 1, kw = 1, channels = 1, multiplier = 1] = kernel;
    if (layer.op === "conv_transpose" && layout !== "mnet") {
      return `kernel ${formatShape(swappedShape(kernel, layer.groups))}`;
    }
    if (layer.op !== "depthwise") return `kernel ${formatShape(asConv(kernel))}`;
    switch (layout) {
      case "keras":
        return `depthwise kernel ${formatShape(kernel)}`;
      case "torch":
        return `kernel ${formatShape([kh, kw, 1, channels * multiplier])}`;
      case "mnet":
        return `kernel ${formatShape(kernel)}`;
    }
  });
}

export function checkpointKey(layer: CheckpointLayer, layout: KernelLayout): string {
  const slots = new Map([...layer.tensors].map(([slot, tensor]) => [slot, tensor.shape]));
  return keyOf(slots, (kernel) =>
    layer.depthwise
      ? `depthwise kernel ${formatShape(kernel)}`
      : `kernel ${formatShape(asConv(layout === "torch" ? turned(kernel) : kernel))}`,
  );
}

function keyOf(slots: ReadonlyMap<Slot, Shape>, describeKernel: (kernel: Shape) => string): string {
  const kernel = slots.get("kernel");
  const vectors = [...slots].filter(([slot]) => slot !== "kernel").sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = kernel === undefined ? [] : [describeKernel(kernel)];
  return [...parts, ...vectors.map(([slot, shape]) => `${slot} ${formatShape(shape)}`)].join(", ");
}

/** Permutes `[units, inputs]` or OIHW to mnet's order of axes. */
function turned(kernel: Shape): Shape {
  const [o = 0, i = 0, ...window] = kernel;
  return [...window, i, o];
}

function asConv(kernel: Shape): Shape {
  return kernel.length === 2 ? [1, 1, ...kernel] : kernel;
}
