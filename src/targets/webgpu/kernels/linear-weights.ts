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

/**
 * As {@link linearWeights} in vectors, but one binding: the bias stands behind the kernel. For kernels of several layers,
 * which would run out of bindings.
 */
export function joinedWeights(
  node: LinearNode,
  inputShape: Shape,
  rows: number,
  channels: number,
  name: string,
): LinearWeights & {
  /** Expression of the bias of a vector of channels; null where there is none. */
  readonly bias: (column: string) => string | null;
} {
  const { packed, hasBias: biased } = linearWeights(node, inputShape, rows, channels, 4);
  const [kernel, bias] = packed;
  if (kernel === undefined) throw new Error("internal: a layer without a kernel");
  if (bias === undefined) return { packed: [{ ...kernel, name }], hasBias: biased, bias: () => null };
  const joined: PackedWeight = {
    ...kernel,
    name,
    slot: "kernel+bias",
    layout: `${kernel.layout}+${bias.layout}`,
    elements: kernel.elements + bias.elements,
    pack: (bind) => {
      const values = new Float32Array(kernel.elements + bias.elements);
      values.set(kernel.pack(bind));
      values.set(bias.pack(bind), kernel.elements);
      return values;
    },
  };
  return { packed: [joined], hasBias: biased, bias: (column) => `${name}[${kernel.elements / 4}u + ${column}]` };
}

/** Words for comments and names. */
export function biasWords(weights: LinearWeights): string {
  return weights.hasBias ? ", bias" : "";
}
