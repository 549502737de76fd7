import { nodeAt, type NodeId, type ShapedGraph, type ShapedNode } from "../../../ir/graph.ts";
import type { Shape } from "../../../ir/shape.ts";
import {
  epilogueWeights,
  readsOf,
  type EpilogueStage,
  type Operand,
  type Step,
  type Value,
  type ValueId,
} from "./schedule.ts";
import type { Precision } from "./storage-type.ts";
import { readersOf } from "./value-readers.ts";
import type { Work } from "./work.ts";

/** A step that later nodes may still join. */
export type DraftStep = { -readonly [K in keyof Step]: Step[K] };

/** A schedule in the making. */
export interface Draft {
  readonly values: Value[];
  readonly steps: DraftStep[];
  readonly valueOf: Map<NodeId, ValueId>;
  /** The step that writes a value, by its index. */
  readonly stepOf: Map<ValueId, number>;
  readonly nodes: ReadonlyMap<NodeId, ShapedNode>;
  /** How often the value of each node is read. */
  readonly readers: ReadonlyMap<NodeId, number>;
  readonly maxBuffers: number;
  readonly precision: Precision;
}

/** Starts a schedule of a graph, whose dispatches bind at most `maxBuffers` buffers. */
export function newDraft(graph: ShapedGraph, maxBuffers: number, precision: Precision): Draft {
  return {
    values: [],
    steps: [],
    valueOf: new Map(),
    stepOf: new Map(),
    nodes: new Map(graph.nodes.map((node) => [node.id, node])),
    readers: readersOf(graph),
    maxBuffers,
    precision,
  };
}

/** Adds the value of a node, or of a part of it where `whole` is false. */
export function addValue({ values, precision }: Draft, node: ShapedNode, shape: Shape, whole: boolean): ValueId {
  return values.push({ shape, node: whole ? node.id : null, path: node.path, type: precision }) - 1;
}

/** Returns what a node reads, in order. */
export function operandsOf({ valueOf, nodes }: Draft, node: ShapedNode): readonly Operand[] {
  return node.inputs.map((id) => {
    const value = valueOf.get(id);
    if (value === undefined) throw new Error(`internal: node ${id} is read before it is computed`);
    return { value, shape: nodeAt(nodes, id).shape };
  });
}

/** What a step computes of a node, before others join it. */
interface Beginning {
  readonly work: Work;
  readonly inputs: readonly Operand[];
  /** Left out: the node's. */
  readonly shape?: Shape;
  /** False where the step computes a part of the node's value. Left out: true. */
  readonly whole?: boolean;
}

/** Adds a step that computes a node, or a part of it. */
export function beginStep(
  draft: Draft,
  node: ShapedNode,
  { work, inputs, shape = node.shape, whole = true }: Beginning,
): DraftStep {
  const output = addValue(draft, node, shape, whole);
  const step = { work, inputs, epilogue: [], output, shape, covers: [node], span: node.span };
  draft.stepOf.set(output, draft.steps.push(step) - 1);
  if (whole) draft.valueOf.set(node.id, output);
  return step;
}

/** Tells whether a step writes elements one by one through its epilogue; the others move or normalise whole axes. */
function carriesEpilogue({ kind }: Work): boolean {
  return kind !== "softmax" && kind !== "concat" && kind !== "shuffle" && kind !== "slice";
}

/** Returns the step that may go on from the value of a node, since nothing else reads that value; null where there is none. */
export function stepBefore({ steps, stepOf, valueOf, readers }: Draft, id: NodeId): DraftStep | null {
  const value = valueOf.get(id);
  if (value === undefined || readers.get(id) !== 1) return null;
  const step = steps[stepOf.get(value) ?? -1];
  return step !== undefined && carriesEpilogue(step.work) ? step : null;
}

/** Has a step compute a further node by stages of its epilogue. */
export function extendStep(
  { values, valueOf, precision }: Draft,
  step: DraftStep,
  node: ShapedNode,
  stages: readonly EpilogueStage[],
): void {
  step.epilogue = [...step.epilogue, ...stages];
  step.covers = [...step.covers, node];
  values[step.output] = { shape: node.shape, node: node.id, path: node.path, type: precision };
  valueOf.set(node.id, step.output);
}

/** Tells whether a step can bind so many more buffers. */
export function canBind({ maxBuffers }: Draft, step: Step, more: number): boolean {
  const { kind } = step.work;
  const weighted = [
    "conv",
    "conv_transpose",
    "depthwise",
    "dense",
    "channel_map",
    "sample_norm",
    "response_norm",
  ].includes(kind);
  // Kernel and bias, scale and shift, or gamma and beta; and the output.
  return readsOf(step).length + epilogueWeights(step.epilogue) + more + (weighted ? 3 : 1) <= maxBuffers;
}

/** Joins the operands of a node by `combine`, as many at a time as a step can bind; `whole` says that these are the last. */
export function joinInParts(
  { values, maxBuffers }: Draft,
  node: ShapedNode,
  operands: readonly Operand[],
  combine: (part: readonly Operand[], whole: boolean) => ValueId,
): void {
  const most = maxBuffers - 1;
  let rest = operands;
  while (rest.length > most) {
    const value = combine(rest.slice(0, most), false);
    rest = [{ value, shape: values[value]?.shape ?? node.shape }, ...rest.slice(most)];
  }
  combine(rest, true);
}
