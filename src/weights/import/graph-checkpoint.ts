import { sameShape } from "../../ir/shape.ts";
import { isObject, show, type JsonObject } from "../../formats/json-value.ts";
import type { WeightTensor } from "../../formats/tensor.ts";
import { swapChannels, swappedShape } from "../swap-channels.ts";
import { identity } from "./affine.ts";
import type { Checkpoint, CheckpointLayer, Slot } from "./checkpoint.ts";
import { refuseTensor } from "../../formats/refusal.ts";
import { readTfGraph, statedShape, type TfNode } from "../../formats/tf-graph.ts";
import type { TfLayer } from "./tf-layer.ts";
import { readTfLayers } from "./tf-layers.ts";
import type { ManifestTensor } from "../../formats/tfjs-manifest.ts";

/**
 * Reads the layers of a tf.js graph model. The converter usually folds batch norm into kernels and biases, so the
 * layers correspond to the network's folded form.
 */
export function graphCheckpoint(model: JsonObject, tensors: readonly ManifestTensor[]): Checkpoint {
  const nodes = readTfGraph(model["modelTopology"]);
  const constants = constantsOf(nodes, tensors);
  const { layers, sources, scaling, left } = readTfLayers(nodes, constants, outputsOf(model));
  const names = new Map<string, number>();
  const unitNorms = new Set<string>();
  return {
    format: "tf.js graph model",
    layout: "keras",
    layers: layers.map((layer) => checkpointLayer(layer, names, unitNorms)),
    sources,
    ordered: () => true,
    others: left,
    folded: { scaling: scaling === identity ? null : scaling, unitNorms },
  };
}

/** The numbers of each `Const` node. The manifest lists them under the node's name. */
function constantsOf(
  nodes: readonly TfNode[],
  tensors: readonly ManifestTensor[],
): ReadonlyMap<string, ManifestTensor> {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  for (const node of nodes) {
    if (node.op !== "Const") continue;
    const tensor = byName.get(node.name);
    if (tensor === undefined) refuseTensor("weights/file-header", node.name, "its numbers in the manifest", "none");
    const stated = statedShape(node);
    if (stated !== null && !sameShape(stated, tensor.shape)) {
      refuseTensor("weights/file-header", node.name, `the shape ${show(stated)} of its node`, show(tensor.shape));
    }
  }
  return byName;
}

/** Names of the nodes whose values the model returns, as far as its signature says. */
function outputsOf(model: JsonObject): ReadonlySet<string> {
  const metadata = model["userDefinedMetadata"];
  const signature = model["signature"] ?? (isObject(metadata) ? metadata["signature"] : undefined);
  const outputs = isObject(signature) ? signature["outputs"] : undefined;
  const names = Object.values(isObject(outputs) ? outputs : {}).map((output) =>
    isObject(output) ? output["name"] : undefined,
  );
  return new Set(names.flatMap((name) => (typeof name === "string" ? [name.replace(/:\d+$/, "")] : [])));
}

/**
 * Returns the layer with its scale multiplied into its kernel and its shift as its bias (zeros if there is none). Each
 * number is rounded to float32 once.
 */
function checkpointLayer(layer: TfLayer, names: Map<string, number>, unitNorms: Set<string>): CheckpointLayer {
  const tensors = new Map<Slot, WeightTensor>();
  const put = (slot: Slot, wanted: string, shape: readonly number[], data: Float32Array) => {
    // Graphs share equal constants, such as biases of zeros.
    const count = names.get(wanted) ?? 0;
    names.set(wanted, count + 1);
    const name = count === 0 ? wanted : `${wanted} (of ${layer.name})`;
    tensors.set(slot, { name, shape, data });
  };
  const { affine, channels } = layer;
  const scaleAt = (c: number) => affine.scale[affine.scale.length === 1 ? 0 : c]!;
  const shift = Float32Array.from(
    { length: channels },
    (_unused, c) => affine.shift[affine.shift.length === 1 ? 0 : c]!,
  );
  if (layer.op !== "norm") {
    const { kernel } = layer;
    // In all layouts the output channel is the last index.
    const data = kernel.data.map((value, i) => value * scaleAt(i % channels));
    if (layer.op === "conv_transpose") {
      put(
        "kernel",
        kernel.name,
        swappedShape(kernel.shape, layer.groups),
        swapChannels(data, kernel.shape, layer.groups),
      );
    } else put("kernel", kernel.name, kernel.shape, data);
    put("bias", layer.bias ?? `${layer.name}/bias (none)`, [channels], shift);
  } else if (layer.tensors !== null) {
    for (const [i, slot] of (["gamma", "beta", "mean", "variance"] as const).entries()) {
      const { name, shape, data } = layer.tensors[i]!;
      put(slot, name, shape, data);
    }
  } else {
    unitNorms.add(layer.name);
    put(
      "gamma",
      layer.name,
      [channels],
      Float32Array.from({ length: channels }, (_unused, c) => scaleAt(c)),
    );
    put("beta", layer.bias ?? `${layer.name}/beta`, [channels], shift);
    put("mean", `${layer.name}/mean`, [channels], new Float32Array(channels));
    put("variance", `${layer.name}/variance`, [channels], new Float32Array(channels).fill(1));
  }
  return {
    name: layer.name,
    depthwise: layer.op === "depthwise",
    tensors,
    epsilon: layer.op === "norm" ? layer.epsilon : null,
    side: false,
  };
}
