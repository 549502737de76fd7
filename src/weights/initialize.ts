import { indexNodes, inputShapes, type ShapedGraph, type ShapedNode } from "../ir/graph.ts";
import type { Initializer } from "../ir/initializer.ts";
import type { WeightSlot } from "../ir/op-definition.ts";
import { isLinear, weightSlots } from "../ir/op.ts";
import { channelsOf, elementsOf } from "../ir/shape.ts";
import { kernelFans, type Fans } from "./fans.ts";
import { randomSource, type RandomSource } from "./random.ts";
import type { WeightStore, WeightTensor } from "../formats/tensor.ts";

/** Standard deviation of a standard normal truncated at two. Variance-scaling initialisers divide by it. */
const TRUNCATED_STDDEV = 0.87962566103423978;

/**
 * Draws weights with the spec's initialisers. Each tensor has a separate random stream, so the same seed gives the
 * same bytes, and a new layer does not change the weights of other layers.
 *
 * @param graph the training graph.
 * @param seed a whole number from 0 to 2^53 - 1.
 * @returns float32 tensors by name, in execution order.
 */
export function initializeWeights(graph: ShapedGraph, seed: number): WeightStore {
  const index = indexNodes(graph);
  const store = new Map<string, WeightTensor>();
  for (const node of graph.nodes) {
    for (const slot of weightSlots(node, inputShapes(index, node))) {
      const name = `${node.path}/${slot.name}`;
      const draw = sampler(slot.init, fansOf(node, slot), randomSource(seed, name));
      const data = new Float32Array(elementsOf(slot.shape));
      for (let i = 0; i < data.length; i++) data[i] = draw();
      store.set(name, { name, shape: slot.shape, data });
    }
  }
  return store;
}

/** For a vector, fan-in and fan-out are its length, as in Keras. */
function fansOf(node: ShapedNode, slot: WeightSlot): Fans {
  if (slot.name === "kernel" && isLinear(node)) {
    return kernelFans(node.op, slot.shape, "groups" in node ? node.groups : 1);
  }
  return { in: channelsOf(slot.shape), out: channelsOf(slot.shape) };
}

/**
 * Returns a function that draws one value per call. He et al. 2015, Glorot and Bengio 2010; the `_normal` ones are
 * truncated normals with the variance restored, as in Keras.
 */
function sampler(init: Initializer, fans: Fans, random: RandomSource): () => number {
  switch (init.kind) {
    case "zeros":
      return () => 0;
    case "ones":
      return () => 1;
    case "constant":
      return () => init.value;
    case "normal":
      return () => init.stddev * random.normal();
    case "truncated_normal":
      return truncated(init.stddev, random);
    case "he_normal":
      return truncated(Math.sqrt(2 / fans.in) / TRUNCATED_STDDEV, random);
    case "glorot_normal":
      return truncated(Math.sqrt(2 / (fans.in + fans.out)) / TRUNCATED_STDDEV, random);
    case "he_uniform":
      return symmetric(Math.sqrt(6 / fans.in), random);
    case "glorot_uniform":
      return symmetric(Math.sqrt(6 / (fans.in + fans.out)), random);
  }
}

function truncated(stddev: number, random: RandomSource): () => number {
  return () => {
    let deviate = random.normal();
    while (Math.abs(deviate) > 2) deviate = random.normal();
    return stddev * deviate;
  };
}

function symmetric(limit: number, random: RandomSource): () => number {
  return () => limit * (2 * random.uniform() - 1);
}
