import { formatShape, type Shape } from "../../ir/shape.ts";
import { swappedShape } from "../swap-channels.ts";
import type { CheckpointLayer, KernelLayout, Slot } from "./checkpoint.ts";
import type { ExpectedLayer } from "./expected-layers.ts";

/**
 * Returns what matching compares of a layer: its slots, and the shape of its kernel. A dense kernel counts as that of a 1x1 conv, since
 * frameworks differ in which of the two a head is. Two layers with one key can take each other's place.
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

/** `[units, inputs]` and OIHW in mnet's order of axes. */
function turned(kernel: Shape): Shape {
  const [o = 0, i = 0, ...window] = kernel;
  return [...window, i, o];
}

function asConv(kernel: Shape): Shape {
  return kernel.length === 2 ? [1, 1, ...kernel] : kernel;
}
