import type { ShapedGraph } from "../../ir/graph.ts";
import { elementsOf, formatShape, sameShape, type Shape } from "../../ir/shape.ts";
import { expectedWeights, type ExpectedWeight } from "../../weights/expected-weights.ts";
import { matchItems } from "./match-items.ts";

/** A weight that a checkpoint for the first network does not simply bring to the second. */
export interface WeightChange {
  readonly change: "renamed" | "reshaped" | "removed" | "added";
  /** Its name in the first network, or in the second where it was added. */
  readonly name: string;
  /** Its name in the second network; null where that has none. */
  readonly newName: string | null;
  readonly shape: Shape | null;
  readonly newShape: Shape | null;
  /** Why it does not load, in words. */
  readonly reason: string;
}

export interface WeightsDiff {
  /** Tensors and numbers of a checkpoint for the first network that load into the second by name and shape. */
  readonly loads: { readonly tensors: number; readonly elements: number };
  /** All that such a checkpoint holds. */
  readonly checkpoint: { readonly tensors: number; readonly elements: number };
  /** Tensors that the second network reads. */
  readonly needed: number;
  /** In order of the first network, what was added last. */
  readonly changes: readonly WeightChange[];
}

/** What becomes of a checkpoint: weights load where name and shape agree. */
export function diffWeights(a: ShapedGraph, b: ShapedGraph): WeightsDiff {
  const before = expectedWeights(a);
  const after = expectedWeights(b);
  const asItem = ({ name, slot, shape }: ExpectedWeight) => ({ name, signature: `${slot} ${formatShape(shape)}` });
  const { kept, renamed, removed, added } = matchItems(before.map(asItem), after.map(asItem));
  const changes: { readonly place: number; readonly change: WeightChange }[] = [];
  let tensors = 0;
  let elements = 0;
  for (const [i, j] of kept) {
    const [old, now] = [weightAt(before, i), weightAt(after, j)];
    if (sameShape(old.shape, now.shape)) {
      tensors++;
      elements += elementsOf(old.shape);
    } else {
      changes.push({ place: i, change: reshaped(old, now) });
    }
  }
  for (const [i, j] of renamed) {
    const [old, now] = [weightAt(before, i), weightAt(after, j)];
    changes.push({
      place: i,
      change: {
        change: "renamed",
        name: old.name,
        newName: now.name,
        shape: old.shape,
        newShape: now.shape,
        reason: `nothing has this name now; "${now.name}" has the same shape in the same place`,
      },
    });
  }
  for (const i of removed) {
    const { name, shape } = weightAt(before, i);
    changes.push({
      place: i,
      change: { change: "removed", name, newName: null, shape, newShape: null, reason: "nothing reads it any more" },
    });
  }
  changes.sort((x, y) => x.place - y.place);
  for (const j of added) {
    const { name, shape } = weightAt(after, j);
    const reason = "a checkpoint for the first network has none";
    changes.push({
      place: j,
      change: { change: "added", name, newName: name, shape: null, newShape: shape, reason },
    });
  }
  return {
    loads: { tensors, elements },
    checkpoint: { tensors: before.length, elements: before.reduce((sum, { shape }) => sum + elementsOf(shape), 0) },
    needed: after.length,
    changes: changes.map(({ change }) => change),
  };
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

function weightAt(weights: readonly ExpectedWeight[], place: number): ExpectedWeight {
  const weight = weights[place];
  if (weight === undefined) throw new Error(`internal: no weight ${place}`);
  return weight;
}
