import type { WeightStore, WeightTensor } from "../../formats/tensor.ts";
import type { Checkpoint, CheckpointLayer, Slot } from "./checkpoint.ts";
import { compareNatural } from "../../text/compare-natural.ts";
import { isSideModule, namePattern, torchOrder } from "./torch-names.ts";

const normSlots: Readonly<Record<string, Slot>> = {
  weight: "gamma",
  bias: "beta",
  running_mean: "mean",
  running_var: "variance",
};

/** A PyTorch state dict: `NAME.weight`, `NAME.bias`, and for norms `NAME.running_mean`, `NAME.running_var`. */
export function torchCheckpoint(store: WeightStore): Checkpoint {
  const modules = new Map<string, Map<string, WeightTensor>>();
  const others: WeightTensor[] = [];
  for (const tensor of store.values()) {
    const dot = tensor.name.lastIndexOf(".");
    const leaf = tensor.name.slice(dot + 1);
    if (dot < 1 || !Object.hasOwn(normSlots, leaf)) others.push(tensor);
    else {
      const name = tensor.name.slice(0, dot);
      modules.set(name, (modules.get(name) ?? new Map<string, WeightTensor>()).set(leaf, tensor));
    }
  }
  const order = torchOrder([...modules.keys()]);
  const layers = [...modules]
    .map(([name, tensors]) => layerOf(name, tensors))
    .sort((a, b) => order.compare(a.name, b.name) || compareNatural(a.name, b.name));
  return {
    format: "PyTorch safetensors",
    layout: "torch",
    layers,
    sources: null,
    ordered: (some) =>
      some.every((layer) => order.knows(layer.name)) || new Set(some.map(({ name }) => namePattern(name))).size === 1,
    others,
  };
}

function layerOf(name: string, tensors: ReadonlyMap<string, WeightTensor>): CheckpointLayer {
  const norm = tensors.has("running_mean") || tensors.has("running_var");
  const slots = [...tensors].map(([leaf, tensor]): readonly [Slot, WeightTensor] => [
    norm ? normSlots[leaf]! : leaf === "weight" ? "kernel" : "bias",
    tensor,
  ]);
  return { name, depthwise: false, tensors: new Map(slots), epsilon: null, side: isSideModule(name) };
}
