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

/** Modules that are called so have a weight that multiplies; other weights of one axis are the slopes of a prelu. */
const multiplies = /norm|ln\d*$|rms|scale/i;

/**
 * A PyTorch state dict: `NAME.weight`, `NAME.bias`, and for batch norms `NAME.running_mean`, `NAME.running_var`. A weight of one axis is
 * that of a norm, or the slopes of a prelu.
 */
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
  const vector = tensors.get("weight")?.shape.length === 1;
  const norm = tensors.has("running_mean") || tensors.has("running_var") || (vector && tensors.has("bias"));
  const slotOf = (leaf: string): Slot => {
    if (norm) return normSlots[leaf]!;
    if (leaf !== "weight") return "bias";
    return vector ? (multiplies.test(name) ? "gamma" : "alpha") : "kernel";
  };
  const slots = [...tensors].map(([leaf, tensor]) => [slotOf(leaf), tensor] as const);
  return { name, depthwise: false, tensors: new Map(slots), epsilon: null, side: isSideModule(name) };
}
