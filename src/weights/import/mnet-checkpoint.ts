import type { WeightStore, WeightTensor } from "../../formats/tensor.ts";
import type { Checkpoint, CheckpointLayer, Slot } from "./checkpoint.ts";

const slots: ReadonlySet<string> = new Set<Slot>(["kernel", "bias", "gamma", "beta", "mean", "variance", "alpha"]);

/** Reads weights that mnet wrote: tensors `PATH/NAME` in execution order. */
export function mnetCheckpoint(store: WeightStore): Checkpoint {
  const layers = new Map<string, Map<Slot, WeightTensor>>();
  const others: WeightTensor[] = [];
  for (const tensor of store.values()) {
    const slash = tensor.name.lastIndexOf("/");
    const slot = tensor.name.slice(slash + 1);
    if (!slots.has(slot)) others.push(tensor);
    else {
      const path = tensor.name.slice(0, Math.max(0, slash));
      layers.set(path, (layers.get(path) ?? new Map<Slot, WeightTensor>()).set(slot as Slot, tensor));
    }
  }
  return {
    format: "mnet safetensors",
    layout: "mnet",
    layers: [...layers].map(([name, tensors]): CheckpointLayer => ({
      name,
      depthwise: false,
      tensors,
      epsilon: null,
      side: false,
    })),
    sources: null,
    ordered: () => true,
    others,
  };
}
