import type { Activation } from "../../../ir/activation.ts";
import type { NodeId, ShapedNode } from "../../../ir/graph.ts";
import { elementsOf, type Shape } from "../../../ir/shape.ts";
import type { Span } from "../../../text/span.ts";
import type { ChannelNode, Work } from "./work.ts";
import type { ChannelView } from "./channel-view.ts";
import { storedBytes, type Precision, type StorageType } from "./storage-type.ts";

/** Index into `Schedule.values`; 0 is the network's input. */
export type ValueId = number;

/** Something that lies in memory. A flatten, squeeze, reshape or dropout makes no value: it reads its input under another shape. */
export interface Value {
  readonly shape: Shape;
  /** The node whose value this is, or null for a part of one (a sum of more operands than a dispatch can bind). */
  readonly node: NodeId | null;
  readonly path: string;
  readonly type: StorageType;
  /** The wider value whose channels it is; left out where it has memory of its own. */
  readonly within?: { readonly value: ValueId; readonly view: ChannelView };
}

/** Counts the bytes that a value takes in memory. */
export function valueBytes({ shape, type }: Value): number {
  return storedBytes(type, elementsOf(shape));
}

/** What happens to each element on its way from a sum to memory. */
export type EpilogueStage =
  | { readonly kind: "activation"; readonly activation: Activation }
  /** What a node does to each channel by its weights. */
  | { readonly kind: "channel"; readonly node: ChannelNode }
  /** `sub` takes the operand from the value, and `sub_from` the value from the operand. */
  | { readonly kind: "add"; readonly how: "add" | "sub" | "sub_from"; readonly operand: ValueId };

export interface Operand {
  readonly value: ValueId;
  /** As the op sees it; after a flatten, squeeze or reshape it differs from the value's own. */
  readonly shape: Shape;
}

/** One dispatch to be. */
export interface Step {
  readonly work: Work;
  readonly inputs: readonly Operand[];
  readonly epilogue: readonly EpilogueStage[];
  readonly output: ValueId;
  readonly shape: Shape;
  /** Nodes computed here, in order; never empty. */
  readonly covers: readonly ShapedNode[];
  readonly span: Span;
}

export interface Schedule {
  readonly values: readonly Value[];
  readonly steps: readonly Step[];
  /** The value of every node, aliases included. */
  readonly valueOf: ReadonlyMap<NodeId, ValueId>;
  /** How weights and values are stored. The network's input and outputs stay float32. */
  readonly precision: Precision;
  /** Values that no step writes, and for each the values that lie in it side by side. */
  readonly joins: ReadonlyMap<ValueId, readonly ValueId[]>;
}

/** Returns the values that a step reads, in the order in which they are bound. */
export function readsOf(step: Step): readonly ValueId[] {
  const added = step.epilogue.flatMap((stage) => (stage.kind === "add" ? [stage.operand] : []));
  return [...step.inputs.map((input) => input.value), ...added];
}

/** Counts the weights that a step's epilogue binds. */
export function epilogueWeights(stages: readonly EpilogueStage[]): number {
  return stages.reduce((sum, stage) => sum + (stage.kind === "channel" ? channelSlots(stage.node).length : 0), 0);
}

/** The weights of a channel node as kernels bind them; a constant is written into the code. */
export type ChannelSlot = "scale" | "shift" | "alpha";

/** Lists the weights that a channel node binds. */
export function channelSlots(node: ChannelNode): readonly ChannelSlot[] {
  switch (node.op) {
    case "batch_norm":
      return ["scale", "shift"];
    case "scale":
      return node.factor === null ? ["scale"] : [];
    case "shift":
      return node.amount === null ? ["shift"] : [];
    case "prelu":
      return ["alpha"];
  }
}
