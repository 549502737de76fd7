import type { LinearNode } from "../../../weights/bind.ts";
import type { Shape } from "../../../ir/shape.ts";
import type { PackedWeight } from "../wgsl/kernel-program.ts";
import { columnsOf, padRows } from "./pack-channels.ts";

/** Weights of a linear node. `hasBias` is false where there is neither a bias nor a folded norm. */
export interface LinearWeights {
  readonly packed: readonly PackedWeight[];
  readonly hasBias: boolean;
}

/** Whether anything is added to the sum: a bias, or the shift of a folded norm. */
export function hasBias(node: LinearNode): boolean {
  return node.bias || node.folded.length > 0;
}

/** How many bindings its weights take. */
export function weightBindings(node: LinearNode): number {
  return hasBias(node) ? 2 : 1;
}

/**
 * Kernel and bias in the order of the IR's layouts, the output channel fastest; as vectors of four channels, padded with
 * zeros, or as single values. `prefix` tells the bindings of one node from another's in a kernel that computes several.
 */
export function linearWeights(
  node: LinearNode,
  inputShape: Shape,
  rows: number,
  channels: number,
  lanes: 1 | 4,
  prefix = "",
): LinearWeights {
  const width = lanes === 4 ? columnsOf(channels) * 4 : channels;
  const lay = (values: Float32Array) => (lanes === 4 ? padRows(values, channels) : values);
  const name = node.op === "depthwise" ? "HWC" : node.op === "dense" ? "IO" : "HWIO";
  const packed: PackedWeight[] = [
    {
      name: `${prefix}kernel`,
      layer: node.path,
      slot: "kernel",
      layout: lanes === 4 ? `${name}4` : name,
      lanes,
      elements: rows * width,
      pack: (bind) => lay(bind.linear(node, inputShape).kernel),
    },
  ];
  if (hasBias(node)) {
    packed.push({
      name: `${prefix}bias`,
      layer: node.path,
      slot: "bias",
      layout: lanes === 4 ? "O4" : "O",
      lanes,
      elements: width,
      pack: (bind) => lay(bind.linear(node, inputShape).bias ?? new Float32Array(channels)),
    });
  }
  return { packed, hasBias: hasBias(node) };
}

/** Words for comments and names. */
export function biasWords(weights: LinearWeights): string {
  return weights.hasBias ? ", bias" : "";
}
