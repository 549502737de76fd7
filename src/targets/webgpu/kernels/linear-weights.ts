import type { LinearNode } from "../../../weights/bind.ts";
import type { Shape } from "../../../ir/shape.ts";
import type { Binding, PackedWeight } from "../wgsl/kernel-program.ts";
import { columnsOf, padRows } from "./pack-channels.ts";

/** Weights of a linear step with their bindings. `bias` is false where there is neither a bias nor a folded norm. */
export interface LinearWeights {
  readonly packed: readonly PackedWeight[];
  readonly bindings: readonly Binding[];
  readonly hasBias: boolean;
}

/**
 * Kernel and bias in the order of the IR's layouts, the output channel fastest; as vectors of four channels, padded with
 * zeros, or as single values.
 */
export function linearWeights(
  node: LinearNode,
  inputShape: Shape,
  rows: number,
  channels: number,
  lanes: 1 | 4,
): LinearWeights {
  const width = lanes === 4 ? columnsOf(channels) * 4 : channels;
  const lay = (values: Float32Array) => (lanes === 4 ? padRows(values, channels) : values);
  const hasBias = node.bias || node.folded.length > 0;
  const name = node.op === "depthwise" ? "HWC" : node.op === "dense" ? "IO" : "HWIO";
  const layout = lanes === 4 ? `${name}4` : name;
  const packed: PackedWeight[] = [
    {
      slot: "kernel",
      layout,
      elements: rows * width,
      pack: (bind) => lay(bind.linear(node, inputShape).kernel),
    },
  ];
  if (hasBias) {
    packed.push({
      slot: "bias",
      layout: lanes === 4 ? "O4" : "O",
      elements: width,
      pack: (bind) => lay(bind.linear(node, inputShape).bias ?? new Float32Array(channels)),
    });
  }
  return {
    packed,
    bindings: packed.map(({ slot, elements }) => ({ name: slot, lanes, elements })),
    hasBias,
  };
}

/** Words for comments and names. */
export function biasWords(weights: LinearWeights): string {
  return weights.hasBias ? ", bias" : "";
}
