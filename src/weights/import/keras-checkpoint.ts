import { cut, isCount } from "../../formats/json-value.ts";
import type { WeightTensor } from "../../formats/tensor.ts";
import { quote } from "../../formats/file-problem.ts";
import { swapChannels, swappedShape } from "../swap-channels.ts";
import type { Checkpoint, CheckpointLayer, Slot } from "./checkpoint.ts";
import type { KerasLayer } from "../../formats/keras-model.ts";
import { snakeCase } from "../../formats/keras-names.ts";
import { refuseFile } from "../../formats/refusal.ts";
import { kerasNorm } from "./keras-norm.ts";
import { namePattern } from "./torch-names.ts";

const slots: ReadonlyMap<string, Slot> = new Map([
  ["kernel", "kernel"],
  ["depthwise_kernel", "kernel"],
  ["bias", "bias"],
  ["gamma", "gamma"],
  ["beta", "beta"],
  ["alpha", "alpha"],
  ["moving_mean", "mean"],
  ["moving_variance", "variance"],
]);

/** A tensor with the name of its layer and the name that Keras gives it in the layer: `kernel`, `moving_mean`. */
export interface KerasTensor {
  readonly layer: string;
  readonly role: string;
  readonly tensor: WeightTensor;
}

/** Layer classes that always have weights. Layers of other classes may have none. */
const weighted = new Set(["conv2d", "conv2d_transpose", "depthwise_conv2d", "dense", "batch_normalization"]);

/**
 * Makes a checkpoint from the layers of a Keras model. The model's configuration gives the order and the inputs of the
 * layers and the epsilon of norms. Without it, the layers have the order of `tensors`. This is the execution order
 * only for layers for which `inOrder` is true, or whose names differ only by a running number.
 */
export function kerasCheckpoint(
  format: string,
  tensors: readonly KerasTensor[],
  model: readonly KerasLayer[] | null,
  inOrder: (layers: readonly string[]) => boolean,
): Checkpoint {
  const described = new Map(model?.map((layer) => [layer.name, layer]));
  const nameOf = plainNames(new Set(tensors.map(({ layer }) => layer)), described);
  const owned = new Map<string, Map<string, WeightTensor>>();
  const others: WeightTensor[] = [];
  for (const { layer, role, tensor } of tensors) {
    const name = nameOf(layer);
    if (!slots.has(role)) others.push(tensor);
    else owned.set(name, (owned.get(name) ?? new Map<string, WeightTensor>()).set(role, tensor));
  }
  const known =
    model !== null && described.size === model.length && [...owned.keys()].every((name) => described.has(name));
  if (known) checkComplete(model, owned);
  const names = known ? model.map(({ name }) => name).filter((name) => owned.has(name)) : [...owned.keys()];
  const layers = names.map((name): CheckpointLayer => {
    const roles = owned.get(name)!;
    const layer = described.get(name);
    return {
      name,
      // Keras 3 names the depthwise kernel `kernel`, as for other layers.
      depthwise: roles.has("depthwise_kernel") || layer?.className === "DepthwiseConv2D",
      tensors: new Map([...roles].map(([role, tensor]) => [slots.get(role)!, asKeras(tensor, role, layer)])),
      epsilon: layer === undefined ? null : kerasNorm(layer).epsilon,
      side: false,
    };
  });
  return {
    format,
    layout: "keras",
    layers,
    sources: known ? sourcesOf(model, names) : null,
    ordered: (some) => {
      const list = some.map(({ name }) => name);
      return known || inOrder(list) || new Set(list.map(namePattern)).size === 1;
    },
    others,
  };
}

/** A transposed conv that mnet wrote keeps its kernel as mnet does; Keras swaps its channels. Slopes of a PReLU are a vector. */
function asKeras(tensor: WeightTensor, role: string, layer: KerasLayer | undefined): WeightTensor {
  if (role === "alpha") return shared(tensor);
  if (role !== "kernel" || layer?.className !== "TransposedConv2D" || tensor.shape.length !== 4) return tensor;
  const { groups } = layer.config;
  const count = isCount(groups) && groups > 0 && (tensor.shape[3] ?? 0) % groups === 0 ? groups : 1;
  return {
    ...tensor,
    shape: swappedShape(tensor.shape, count),
    data: swapChannels(tensor.data, tensor.shape, count),
  };
}

/** The slopes of a PReLU that shares them among the pixels of a map, as a vector of the channels. */
function shared(tensor: WeightTensor): WeightTensor {
  const shared = tensor.shape.slice(0, -1).every((extent) => extent === 1);
  return shared ? { ...tensor, shape: tensor.shape.slice(-1) } : tensor;
}

function checkComplete(model: readonly KerasLayer[], owned: ReadonlyMap<string, unknown>): void {
  for (const { name, className } of model) {
    if (!weighted.has(snakeCase(className)) || owned.has(name)) continue;
    refuseFile("weights/file-structure", `weights of its layer ${quote(name)}, a ${cut(className)}`, "none");
  }
}

/** Weights of a nested model have both names, `features/Conv1`. The configuration has only the last part. */
function plainNames(names: ReadonlySet<string>, described: ReadonlyMap<string, unknown>): (name: string) => string {
  const plain = (name: string) => name.slice(name.lastIndexOf("/") + 1);
  const counts = new Map<string, number>();
  for (const name of names) counts.set(plain(name), (counts.get(plain(name)) ?? 0) + 1);
  return (name) =>
    !described.has(name) && described.has(plain(name)) && counts.get(plain(name)) === 1 ? plain(name) : name;
}

/**
 * Returns, for each layer with weights, the indices of the layers with weights that feed it. Returns null if the
 * configuration does not contain this.
 */
function sourcesOf(model: readonly KerasLayer[], names: readonly string[]): readonly (readonly number[])[] | null {
  const index = new Map(names.map((name, i) => [name, i]));
  const reaching = new Map<string, readonly number[]>();
  const sources: (readonly number[])[] = [];
  for (const { name, inputs } of model) {
    if (inputs === null) return null;
    const from = new Set<number>();
    for (const input of inputs) {
      const through = reaching.get(input);
      // A layer precedes one of its inputs, so the list is not in execution order.
      if (through === undefined) return null;
      for (const source of through) from.add(source);
    }
    const sorted = [...from].sort((a, b) => a - b);
    const own = index.get(name);
    if (own !== undefined) sources[own] = sorted;
    reaching.set(name, own === undefined ? sorted : [own]);
  }
  return sources;
}
