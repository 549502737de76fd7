import { isElementwise, type Activation } from "../../../ir/activation.ts";
import { nodeAt, type NodeId, type ShapedGraph, type ShapedNode, type ShapedNodeOf } from "../../../ir/graph.ts";
import { elementsOf, type Shape } from "../../../ir/shape.ts";
import type { Span } from "../../../text/span.ts";
import type { Work } from "./work.ts";
import type { ChannelView } from "./channel-view.ts";
import { storedBytes, type Precision, type StorageType } from "./storage-type.ts";
import { reachableNodes, readersOf } from "./value-readers.ts";

/** Index into `Schedule.values`; 0 is the network's input. */
export type ValueId = number;

/** Something that lies in memory. A flatten, squeeze or dropout makes none: it reads its input under another shape. */
export interface Value {
  readonly shape: Shape;
  /** The node whose value this is, or null for a part of one (a sum of more operands than a dispatch can bind). */
  readonly node: NodeId | null;
  readonly path: string;
  readonly type: StorageType;
  /** The value that it is some channels of; left out where it has memory of its own. */
  readonly within?: { readonly value: ValueId; readonly view: ChannelView };
}

/** Bytes that a value takes in memory. */
export function valueBytes({ shape, type }: Value): number {
  return storedBytes(type, elementsOf(shape));
}

/** What happens to each element on its way from a sum to memory. */
export type EpilogueStage =
  | { readonly kind: "activation"; readonly activation: Activation }
  | { readonly kind: "add"; readonly operand: ValueId };

export interface Operand {
  readonly value: ValueId;
  /** As the op sees it; differs from the value's own behind a flatten or squeeze. */
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
  /** How weights are stored, and values but the network's input and outputs, which stay float32. */
  readonly precision: Precision;
  /** Values that no step writes, and those that lie in them side by side. */
  readonly joins: ReadonlyMap<ValueId, readonly ValueId[]>;
}

type Draft = { -readonly [K in keyof Step]: Step[K] };

/** Buffers a step binds beside its inputs and added operands: weights and the output. */
function ownBindings(work: Work): number {
  const weights =
    work.kind === "conv" || work.kind === "depthwise" || work.kind === "dense" || work.kind === "scale_shift";
  return weights ? 3 : 1;
}

/** Values a step reads, in the order in which they are bound. */
export function readsOf(step: Step): readonly ValueId[] {
  const added = step.epilogue.flatMap((stage) => (stage.kind === "add" ? [stage.operand] : []));
  return [...step.inputs.map((input) => input.value), ...added];
}

/** These write elements one by one through the epilogue; the others move or normalise whole axes. */
function carriesEpilogue(work: Work): boolean {
  return work.kind !== "softmax" && work.kind !== "concat" && work.kind !== "shuffle" && work.kind !== "slice";
}

/**
 * Graph to dispatches, in the graph's order. An activation joins the dispatch that computes its input, and a sum joins
 * the last computed of its operands, where nobody else reads the value in between and no output taps it; so a conv, its
 * activation, its residual and an activation after that are one dispatch. Sums, products and concats of more operands
 * than `maxBuffers` bindings allow are cut into parts.
 */
export function schedule(graph: ShapedGraph, maxBuffers: number, precision: Precision = "f32"): Schedule {
  const values: Value[] = [];
  const steps: Draft[] = [];
  const valueOf = new Map<NodeId, ValueId>();
  const stepOf = new Map<ValueId, number>();
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const readers = readersOf(graph);

  const newValue = (node: ShapedNode, shape: Shape, whole: boolean): ValueId =>
    values.push({ shape, node: whole ? node.id : null, path: node.path, type: precision }) - 1;

  const operandsOf = (node: ShapedNode): Operand[] =>
    node.inputs.map((id) => {
      const value = valueOf.get(id);
      if (value === undefined) throw new Error(`internal: node ${id} is read before it is computed`);
      return { value, shape: nodeAt(nodes, id).shape };
    });

  const begin = (node: ShapedNode, work: Work, inputs: readonly Operand[], shape: Shape, whole = true): Draft => {
    const output = newValue(node, shape, whole);
    const step = { work, inputs, epilogue: [], output, shape, covers: [node], span: node.span };
    stepOf.set(output, steps.push(step) - 1);
    if (whole) valueOf.set(node.id, output);
    return step;
  };

  /** The step that may go on from the value of node `id`: nobody else sees that value. */
  const continues = (id: NodeId): Draft | null => {
    const value = valueOf.get(id);
    if (value === undefined || readers.get(id) !== 1) return null;
    const step = steps[stepOf.get(value) ?? -1];
    return step !== undefined && carriesEpilogue(step.work) ? step : null;
  };

  const extend = (step: Draft, node: ShapedNode, stages: readonly EpilogueStage[]) => {
    step.epilogue = [...step.epilogue, ...stages];
    step.covers = [...step.covers, node];
    values[step.output] = { shape: node.shape, node: node.id, path: node.path, type: precision };
    valueOf.set(node.id, step.output);
  };

  /** Joins operands by `combine`, as many at a time as can be bound. */
  const inParts = (
    node: ShapedNode,
    operands: readonly Operand[],
    combine: (part: readonly Operand[], whole: boolean) => ValueId,
  ) => {
    const most = maxBuffers - 1;
    let rest = operands;
    while (rest.length > most) {
      const part = rest.slice(0, most);
      const value = combine(part, false);
      rest = [{ value, shape: values[value]?.shape ?? node.shape }, ...rest.slice(most)];
    }
    combine(rest, true);
  };

  const addSum = (node: ShapedNode) => {
    const operands = operandsOf(node);
    const order = operands.map(({ value }) => stepOf.get(value) ?? -1);
    const last = order.indexOf(Math.max(...order));
    const from = node.inputs[last];
    const step = from === undefined ? null : continues(from);
    const others = operands.filter((_operand, index) => index !== last);
    const fits = step !== null && readsOf(step).length + others.length + ownBindings(step.work) <= maxBuffers;
    if (fits) {
      extend(
        step,
        node,
        others.map(({ value }) => ({ kind: "add", operand: value })),
      );
      return;
    }
    inParts(node, operands, (part, whole) => {
      const [first, ...added] = part;
      const sum = begin(node, { kind: "copy" }, first === undefined ? [] : [first], node.shape, whole);
      sum.epilogue = added.map(({ value }) => ({ kind: "add", operand: value }));
      return sum.output;
    });
  };

  const addActivation = (node: ShapedNodeOf<"activation">) => {
    const [from] = node.inputs;
    if (!isElementwise(node.activation)) {
      begin(node, { kind: "softmax" }, operandsOf(node), node.shape);
      return;
    }
    const stage = { kind: "activation", activation: node.activation } as const;
    const step = from === undefined ? null : continues(from);
    if (step !== null) extend(step, node, [stage]);
    else begin(node, { kind: "copy" }, operandsOf(node), node.shape).epilogue = [stage];
  };

  const addLinear = (node: ShapedNodeOf<"conv" | "depthwise" | "dense">, work: Work) => {
    const { activation } = node;
    const apart = activation !== null && !isElementwise(activation);
    const step = begin(node, work, operandsOf(node), node.shape, !apart);
    if (apart) begin(node, { kind: "softmax" }, [{ value: step.output, shape: node.shape }], node.shape);
    else if (activation !== null) step.epilogue = [{ kind: "activation", activation }];
  };

  const addProduct = (node: ShapedNode) =>
    inParts(node, operandsOf(node), (part, whole) => {
      const full = part.find(({ shape }) => shape[0] !== 1 || shape[1] !== 1) ?? part[0];
      return begin(node, { kind: "product" }, part, full?.shape ?? node.shape, whole).output;
    });

  const addConcat = (node: ShapedNode) =>
    inParts(node, operandsOf(node), (part, whole) => {
      const channels = part.reduce((sum, { shape }) => sum + (shape.at(-1) ?? 0), 0);
      return begin(node, { kind: "concat" }, part, [...node.shape.slice(0, -1), channels], whole).output;
    });

  for (const node of reachableNodes(graph)) {
    switch (node.op) {
      case "input":
        valueOf.set(node.id, newValue(node, node.shape, true));
        break;
      case "flatten":
      case "squeeze":
      case "dropout": {
        const [operand] = operandsOf(node);
        if (operand !== undefined) valueOf.set(node.id, operand.value);
        break;
      }
      case "activation":
        addActivation(node);
        break;
      case "add":
        addSum(node);
        break;
      case "mul":
        addProduct(node);
        break;
      case "concat":
        addConcat(node);
        break;
      case "conv":
        addLinear(node, { kind: "conv", node });
        break;
      case "depthwise":
        addLinear(node, { kind: "depthwise", node });
        break;
      case "dense":
        addLinear(node, { kind: "dense", node });
        break;
      case "batch_norm":
        begin(node, { kind: "scale_shift", node }, operandsOf(node), node.shape);
        break;
      case "pool":
        begin(node, { kind: "pool", node }, operandsOf(node), node.shape);
        break;
      case "global_pool":
        begin(node, { kind: "global_pool", node }, operandsOf(node), node.shape);
        break;
      case "shuffle":
        begin(node, { kind: "shuffle", node }, operandsOf(node), node.shape);
        break;
      case "slice":
        begin(node, { kind: "slice", node }, operandsOf(node), node.shape);
        break;
      case "upsample":
        begin(node, { kind: "upsample", node }, operandsOf(node), node.shape);
        break;
      default:
        node satisfies never;
    }
  }
  const outside = new Set<ValueId | undefined>([0, ...graph.outputs.map(({ node }) => valueOf.get(node))]);
  const typed = values.map((value, id): Value => (outside.has(id) ? { ...value, type: "f32" } : value));
  return { values: typed, steps, valueOf, precision, joins: new Map() };
}
