import type { WeightStore, WeightTensor } from "../../formats/tensor.ts";
import type { Checkpoint, CheckpointLayer, Slot } from "./checkpoint.ts";
import { compareNatural } from "../../text/compare-natural.ts";
import { isSideModule, namePattern, normNames, torchOrder } from "./torch-names.ts";

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
  const scales: CheckpointLayer[] = [];
  for (const tensor of store.values()) {
    const dot = tensor.name.lastIndexOf(".");
    const leaf = tensor.name.slice(dot + 1);
    if (layerScale.test(leaf)) scales.push(scaleLayer(tensor));
    else if (dot < 1 || !Object.hasOwn(normSlots, leaf)) others.push(tensor);
    else {
      const name = tensor.name.slice(0, dot);
      modules.set(name, (modules.get(name) ?? new Map<string, WeightTensor>()).set(leaf, tensor));
    }
  }
  const order = torchOrder([...modules.keys(), ...scales.map(({ name }) => name)]);
  const layers = [...[...modules].map(([name, tensors]) => layerOf(name, tensors)), ...scales].sort(
    (a, b) => order.compare(a.name, b.name) || compareNatural(a.name, b.name),
  );
  return {
    format: "PyTorch safetensors",
    layout: "torch",
    layers,
    sources: null,
    normOf: companionNorms(layers),
    ordered: (some) =>
      some.every((layer) => order.knows(layer.name)) || new Set(some.map(({ name }) => namePattern(name))).size === 1,
    others,
  };
}

/** The parameters that torchvision and timm scale channels with: `layer_scale`, `gamma`, `gamma_1`. */
const layerScale = /^(layer_scale|gamma)(_\d+)?$/;

/** A learned scale is a parameter of its block. It has an axis for each channel, and may have axes of length 1 for the pixels. */
function scaleLayer(tensor: WeightTensor): CheckpointLayer {
  const gamma = { ...tensor, shape: [tensor.data.length] };
  return {
    name: tensor.name,
    depthwise: false,
    tensors: new Map([["gamma", gamma]]),
    epsilon: null,
    side: isSideModule(tensor.name),
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

/**
 * Returns, for the index of a layer, the index of the norm that its name pairs with it: `conv1` and `bn1`, `0` and `1` of a sequence.
 * In networks that normalise before they convolve, such a norm belongs to another conv. It has other channels somewhere, and then no
 * norm is returned.
 */
function companionNorms(layers: readonly CheckpointLayer[]): (layer: number) => number | null {
  const norms = new Map(
    layers.flatMap(({ name, tensors }, index) => (tensors.has("gamma") ? [[name, index] as const] : [])),
  );
  const companions = layers.map(({ name, tensors }) =>
    tensors.has("kernel") ? (normNames(name).flatMap((wanted) => norms.get(wanted) ?? [])[0] ?? null) : null,
  );
  const fit = companions.every((norm, index) => {
    const filters = layers[index]!.tensors.get("kernel")?.shape[0];
    return norm === null || layers[norm]!.tensors.get("gamma")?.data.length === filters;
  });
  return (layer) => (fit ? (companions[layer] ?? null) : null);
}
