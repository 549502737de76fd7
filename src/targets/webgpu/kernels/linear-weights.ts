import { channelsOf, elementsOf, mapOf, type Shape } from "../../../ir/shape.ts";
import type { LinearNode } from "../../../weights/bind.ts";
import type { StorageType } from "../schedule/storage-type.ts";
import { inputBinding, load, zeroOf, type PackedWeight } from "../wgsl/binding.ts";
import { columnsOf, padRows } from "./pack-channels.ts";

/** Weights of a linear node. */
export interface LinearWeights {
  readonly packed: readonly PackedWeight[];
  readonly kernel: PackedWeight;
  /** Whether anything is added to the sum: a bias, or the shift of a folded norm. */
  readonly hasBias: boolean;
  /** Expression that the sum of a channel, or of a vector of channels, begins with: its bias, or zero. */
  readonly biasAt: (column: string) => string;
}

/** Tells whether anything is added to the sum: a bias, or the shift of a folded norm. */
function hasBias(node: LinearNode): boolean {
  return node.bias || node.folded.length > 0;
}

/** Counts the bindings that the weights of a node take. */
export function weightBindings(node: LinearNode): number {
  return hasBias(node) ? 2 : 1;
}

/** Numbers that one output channel multiplies: the rows of its kernel, seen as a matrix. */
function rowsOf(node: LinearNode, input: Shape): number {
  switch (node.op) {
    case "conv":
    case "conv_transpose":
      return (node.kernel[0] * node.kernel[1] * mapOf(input).c) / node.groups;
    case "depthwise":
      return node.kernel[0] * node.kernel[1];
    case "dense":
      return elementsOf(input);
    default:
      return node satisfies never;
  }
}

const layouts = { conv: "HWIO", conv_transpose: "HWIO", depthwise: "HWC", dense: "IO" } as const satisfies Record<
  LinearNode["op"],
  string
>;

/**
 * Binds kernel and bias in the order of the IR's layouts, the output channel fastest: as vectors of four channels, padded with
 * zeros, or as single values. `prefix` tells the bindings of one node from another's in a kernel that computes several.
 */
export function linearWeights(
  node: LinearNode,
  input: Shape,
  lanes: 1 | 4,
  type: StorageType,
  prefix = "",
): LinearWeights {
  const channels = channelsOf(node.shape);
  const width = lanes === 4 ? columnsOf(channels) * 4 : channels;
  const stored = { type, view: null };
  const lay = (values: Float32Array) => (lanes === 4 ? padRows(values, channels) : values);
  const name = layouts[node.op];
  const kernel: PackedWeight = {
    ...inputBinding(`${prefix}kernel`, lanes, rowsOf(node, input) * width, stored),
    layer: node.path,
    slot: "kernel",
    layout: lanes === 4 ? `${name}4` : name,
    pack: (bind) => lay(bind.linear(node, input).kernel),
  };
  if (!hasBias(node)) return { packed: [kernel], kernel, hasBias: false, biasAt: () => zeroOf(lanes) };
  const bias: PackedWeight = {
    ...inputBinding(`${prefix}bias`, lanes, width, stored),
    layer: node.path,
    slot: "bias",
    layout: lanes === 4 ? "O4" : "O",
    pack: (bind) => lay(bind.linear(node, input).bias ?? new Float32Array(channels)),
  };
  return { packed: [kernel, bias], kernel, hasBias: true, biasAt: (column) => load(bias, column) };
}

/**
 * Binds the same in vectors, in one binding: the bias stands after the kernel. A kernel of several layers would else run out
 * of bindings.
 */
export function joinedWeights(node: LinearNode, input: Shape, type: StorageType, name: string): LinearWeights {
  const { packed, kernel, hasBias: biased, biasAt } = linearWeights(node, input, 4, type);
  const bias = packed[1];
  if (bias === undefined) {
    const renamed = { ...kernel, name };
    return { packed: [renamed], kernel: renamed, hasBias: biased, biasAt };
  }
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
  const first = `${kernel.elements / 4}u`;
  return {
    packed: [joined],
    kernel: joined,
    hasBias: biased,
    biasAt: (column) => load(joined, `${first} + ${column}`),
  };
}

/** Words for a kernel's comment. */
export function biasWords(weights: LinearWeights): string {
  return weights.hasBias ? ", bias" : "";
}
