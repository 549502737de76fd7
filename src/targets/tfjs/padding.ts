import type { NodeId, ShapedNodeOf } from "../../ir/graph.ts";
import { mapOf, type Shape } from "../../ir/shape.ts";
import { slide, type Pads } from "../../ir/window.ts";
import type { Value } from "../source-plan/value.ts";

/** The padding of a layer, and the pads of the zero-padding layer before it, if there is one. */
export interface LayerPadding {
  readonly mode: "same" | "valid";
  readonly zeros: Pads | null;
}

interface PaddedNode {
  readonly node: ShapedNodeOf<"conv"> | ShapedNodeOf<"depthwise"> | ShapedNodeOf<"pool">;
  readonly input: Shape;
}

/**
 * Chooses the padding of the layers of one helper, the same for all if possible. The choices are: all `same`, all
 * `valid`, `same` or `valid` for each layer, or zero-padding layers before `valid` layers.
 */
export function choosePadding(layers: readonly PaddedNode[]): ReadonlyMap<NodeId, LayerPadding> {
  const same = layers.map(padsAsSame);
  const none = layers.map(({ node }) => isZero(node.pads));
  const choose = (choice: (position: number) => LayerPadding) =>
    new Map(layers.map(({ node }, position) => [node.id, choice(position)]));
  if (same.every(Boolean)) return choose(() => ({ mode: "same", zeros: null }));
  if (same.every((fits, position) => fits || none[position])) {
    const valid = none.every(Boolean);
    return choose((position) => ({ mode: valid || !same[position] ? "valid" : "same", zeros: null }));
  }
  return choose((position) => ({
    mode: "valid",
    zeros: none[position] ? null : (layers[position]?.node.pads ?? null),
  }));
}

/** Returns true if TensorFlow's `same` gives just these pads. */
export function padsAsSame({ node, input }: PaddedNode): boolean {
  const { h, w } = mapOf(input);
  const out = slide({ ...node, padding: "same" }, h, w);
  return out.h === node.shape[0] && out.w === node.shape[1] && out.pads.every((pad, side) => pad === node.pads[side]);
}

export function isZero(pads: Pads): boolean {
  return pads.every((pad) => pad === 0);
}

/** Returns pads as `tf.layers.zeroPadding2d` takes them: one number if all four agree, else `[[top, bottom], [left, right]]`. */
export function padsValue(pads: Pads): Value {
  const [top, bottom, left, right] = pads;
  if (pads.every((pad) => pad === top)) return top;
  return [
    [top, bottom],
    [left, right],
  ];
}
