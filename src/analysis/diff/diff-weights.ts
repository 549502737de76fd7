import type { ShapedGraph } from "../../ir/graph.ts";
import { elementsOf, formatShape, sameShape, type Shape } from "../../ir/shape.ts";
import { expectedWeights, type ExpectedWeight } from "../../weights/expected-weights.ts";
import { matchItems } from "./match-items.ts";

/** A weight that does not load unchanged from a checkpoint of the first network into the second. */
export interface WeightChange {
  readonly change: "renamed" | "reshaped" | "removed" | "added";
  /** Its name in the first network, or in the second if it was added. */
  readonly name: string;
  /** Its name in the second network, or null if it has none. */
  readonly newName: string | null;
  readonly shape: Shape | null;
  readonly newShape: Shape | null;
  /** The reason, in words, why it does not load. */
  readonly reason: string;
}

/** The differences between the weights of two networks. */
export interface WeightsDiff {
  /**
   * The number of tensors and of elements in a checkpoint of the first network that load into the second by name and
   * shape.
   */
  readonly loads: { readonly tensors: number; readonly elements: number };
  /** All tensors and elements of such a checkpoint. */
  readonly checkpoint: { readonly tensors: number; readonly elements: number };
  /** All tensors that the second network reads. */
  readonly needed: number;
  /** In the order of the first network. Added weights come last. */
  readonly changes: readonly WeightChange[];
}

/**
 * Compares the weights of two networks. Weights load where name and shape agree. A removed layer and an added
 * layer count as one renamed layer if they have the same neighbours and all their weights have the same shapes.
 */
export function diffWeights(a: ShapedGraph, b: ShapedGraph): WeightsDiff {
  const before = expectedWeights(a);
  const after = expectedWeights(b);
  const now = new Map(after.map((weight) => [weight.name, weight]));
  const renamed = renamedWeights(layersOf(a, before), layersOf(b, after));
  const loading = before.filter(({ name, shape }) => sameShape(now.get(name)?.shape ?? [], shape));
  const changes = before.flatMap((old): WeightChange[] => {
    const same = now.get(old.name);
    if (same !== undefined) return sameShape(same.shape, old.shape) ? [] : [reshaped(old, same)];
    const other = renamed.get(old);
    return [other === undefined ? removed(old) : renamedTo(old, other)];
  });
  const known = new Set([...before.map(({ name }) => name), ...[...renamed.values()].map(({ name }) => name)]);
  return {
    loads: { tensors: loading.length, elements: elementsIn(loading) },
    checkpoint: { tensors: before.length, elements: elementsIn(before) },
    needed: after.length,
    changes: [...changes, ...after.filter(({ name }) => !known.has(name)).map(added)],
  };
}

interface WeightedLayer {
  readonly name: string;
  readonly signature: string;
  readonly weights: readonly ExpectedWeight[];
}

/** Returns the layers with weights, in order. A conv and its norm are one layer. */
function layersOf(graph: ShapedGraph, weights: readonly ExpectedWeight[]): readonly WeightedLayer[] {
  const layers = new Map(graph.nodes.map(({ path, layer }) => [path, layer]));
  const groups = new Map<string, ExpectedWeight[]>();
  for (const weight of weights) {
    const layer = layers.get(weight.node) ?? weight.node;
    const group = groups.get(layer);
    if (group === undefined) groups.set(layer, [weight]);
    else group.push(weight);
  }
  return [...groups].map(([name, group]) => ({
    name,
    signature: group.map(({ name: full, shape }) => `${full.slice(name.length)} ${formatShape(shape)}`).join(),
    weights: group,
  }));
}

function renamedWeights(
  before: readonly WeightedLayer[],
  after: readonly WeightedLayer[],
): ReadonlyMap<ExpectedWeight, ExpectedWeight> {
  const pairs = new Map<ExpectedWeight, ExpectedWeight>();
  for (const [i, j] of matchItems(before, after).renamed) {
    for (const [k, weight] of (before[i]?.weights ?? []).entries()) {
      const other = after[j]?.weights[k];
      if (other !== undefined) pairs.set(weight, other);
    }
  }
  return pairs;
}

function elementsIn(weights: readonly ExpectedWeight[]): number {
  return weights.reduce((sum, { shape }) => sum + elementsOf(shape), 0);
}

function renamedTo({ name, shape }: ExpectedWeight, other: ExpectedWeight): WeightChange {
  const reason = `no weight has this name now, but "${other.name}" has the same shape and position`;
  return { change: "renamed", name, newName: other.name, shape, newShape: other.shape, reason };
}

function removed({ name, shape }: ExpectedWeight): WeightChange {
  return { change: "removed", name, newName: null, shape, newShape: null, reason: "no layer reads it any more" };
}

function added({ name, shape }: ExpectedWeight): WeightChange {
  const reason = "a checkpoint of the first network does not contain it";
  return { change: "added", name, newName: name, shape: null, newShape: shape, reason };
}

function reshaped(old: ExpectedWeight, now: ExpectedWeight): WeightChange {
  return {
    change: "reshaped",
    name: old.name,
    newName: now.name,
    shape: old.shape,
    newShape: now.shape,
    reason: `its shape is ${formatShape(now.shape)} now and was ${formatShape(old.shape)}`,
  };
}
