import { isOverAxis } from "../../../ir/activation.ts";
import type { ShapedGraph, ShapedNode, ShapedNodeOf } from "../../../ir/graph.ts";
import { channelsOf } from "../../../ir/shape.ts";
import {
  addValue,
  beginStep,
  canBind,
  extendStep,
  joinInParts,
  newDraft,
  operandsOf,
  stepBefore,
  type Draft,
} from "./draft.ts";
import { channelSlots, type EpilogueStage, type Operand, type Schedule, type Value, type ValueId } from "./schedule.ts";
import type { Precision } from "./storage-type.ts";
import { reachableNodes } from "./value-readers.ts";
import type { ChannelNode, Work } from "./work.ts";

/**
 * Makes dispatches of a graph, in the graph's order. An activation, and what scales or shifts channels, joins the dispatch that computes its input, and a sum joins
 * the last computed of its operands, where nothing else reads the value in between and no output taps it; so a conv, its
 * activation, its residual and an activation after that are one dispatch. Sums, products and concats of more operands
 * than `maxBuffers` bindings allow are cut into parts.
 */
export function scheduleGraph(graph: ShapedGraph, maxBuffers: number, precision: Precision = "f32"): Schedule {
  const draft = newDraft(graph, maxBuffers, precision);
  for (const node of reachableNodes(graph)) addNode(draft, node);
  const { values, steps, valueOf } = draft;
  const outside = new Set<ValueId | undefined>([0, ...graph.outputs.map(({ node }) => valueOf.get(node))]);
  const typed = values.map((value, id): Value => (outside.has(id) ? { ...value, type: "f32" } : value));
  return { values: typed, steps, valueOf, precision, joins: new Map() };
}

function addNode(draft: Draft, node: ShapedNode): void {
  switch (node.op) {
    case "input":
      draft.valueOf.set(node.id, addValue(draft, node, node.shape, true));
      break;
    case "flatten":
    case "squeeze":
    case "reshape":
    case "dropout": {
      const [operand] = operandsOf(draft, node);
      if (operand !== undefined) draft.valueOf.set(node.id, operand.value);
      break;
    }
    case "activation":
      addActivation(draft, node);
      break;
    case "add":
    case "sub":
      addSum(draft, node);
      break;
    case "mul":
      addProduct(draft, node);
      break;
    case "concat":
      addConcat(draft, node);
      break;
    case "conv":
      addLinear(draft, node, { kind: "conv", node });
      break;
    case "conv_transpose":
      addLinear(draft, node, { kind: "conv_transpose", node });
      break;
    case "depthwise":
      addLinear(draft, node, { kind: "depthwise", node });
      break;
    case "dense":
      addLinear(draft, node, { kind: "dense", node });
      break;
    case "sample_norm":
      addAlone(draft, node, { kind: "sample_norm", node });
      break;
    case "response_norm":
      addResponseNorm(draft, node);
      break;
    case "batch_norm":
    case "scale":
    case "shift":
    case "prelu":
      addChannelMap(draft, node);
      break;
    case "pool":
      addAlone(draft, node, { kind: "pool", node });
      break;
    case "adaptive_pool":
      addAlone(draft, node, { kind: "adaptive_pool", node });
      break;
    case "global_pool":
      addAlone(draft, node, { kind: "global_pool", node });
      break;
    case "shuffle":
      addAlone(draft, node, { kind: "shuffle", node });
      break;
    case "slice":
      addAlone(draft, node, { kind: "slice", node });
      break;
    case "resize":
      addAlone(draft, node, { kind: "resize", node });
      break;
    case "permute":
      addAlone(draft, node, { kind: "permute", node });
      break;
    case "depth_to_space":
    case "space_to_depth":
      addAlone(draft, node, { kind: "block_move", node });
      break;
    case "pad":
    case "crop":
      addAlone(draft, node, { kind: "pad", node });
      break;
    default:
      node satisfies never;
  }
}

/** A step of its own. */
function addAlone(draft: Draft, node: ShapedNode, work: Work): void {
  beginStep(draft, node, { work, inputs: operandsOf(draft, node) });
}

/** A step for the lengths of the channels, and one that reads them beside the map. */
function addResponseNorm(draft: Draft, node: ShapedNodeOf<"response_norm">): void {
  const inputs = operandsOf(draft, node);
  const shape = [1, 1, channelsOf(node.shape)];
  const { output } = beginStep(draft, node, { work: { kind: "channel_lengths" }, inputs, shape, whole: false });
  beginStep(draft, node, { work: { kind: "response_norm", node }, inputs: [...inputs, { value: output, shape }] });
}

/** What applies numbers of each channel joins the step that computes its input, as an activation does. */
function addChannelMap(draft: Draft, node: ChannelNode): void {
  const [from] = node.inputs;
  const step = from === undefined ? null : stepBefore(draft, from);
  if (step === null || !canBind(draft, step, channelSlots(node).length)) {
    addAlone(draft, node, { kind: "channel_map", node });
    return;
  }
  extendStep(draft, step, node, [{ kind: "channel", node }]);
}

function addActivation(draft: Draft, node: ShapedNodeOf<"activation">): void {
  const [from] = node.inputs;
  const inputs = operandsOf(draft, node);
  const { fn } = node.activation;
  if (isOverAxis(fn)) {
    beginStep(draft, node, { work: { kind: "softmax", fn }, inputs });
    return;
  }
  const stage = { kind: "activation", activation: node.activation } as const;
  const step = from === undefined ? null : stepBefore(draft, from);
  if (step !== null) extendStep(draft, step, node, [stage]);
  else beginStep(draft, node, { work: { kind: "copy" }, inputs }).epilogue = [stage];
}

/** How the other operands of a sum or difference join operand `at`, in an order in which they may. */
function joiningOthers(
  op: "add" | "sub",
  operands: readonly Operand[],
  at: number,
): readonly Extract<EpilogueStage, { kind: "add" }>[] {
  return operands.flatMap(({ value }, index) => {
    if (index === at) return [];
    const how = op === "add" ? "add" : index === 0 ? "sub_from" : "sub";
    return [{ kind: "add", how, operand: value } as const];
  });
}

function addSum(draft: Draft, node: ShapedNodeOf<"add" | "sub">): void {
  const operands = operandsOf(draft, node);
  const order = operands.map(({ value }) => draft.stepOf.get(value) ?? -1);
  const last = order.indexOf(Math.max(...order));
  const from = node.inputs[last];
  const step = from === undefined ? null : stepBefore(draft, from);
  const stages = joiningOthers(node.op, operands, last);
  if (step !== null && canBind(draft, step, stages.length)) {
    extendStep(draft, step, node, stages);
    return;
  }
  joinInParts(draft, node, operands, (part, whole) => {
    const sum = beginStep(draft, node, { work: { kind: "copy" }, inputs: part.slice(0, 1), whole });
    sum.epilogue = joiningOthers(node.op, part, 0);
    return sum.output;
  });
}

function addLinear(
  draft: Draft,
  node: ShapedNodeOf<"conv" | "conv_transpose" | "depthwise" | "dense">,
  work: Work,
): void {
  const { activation, shape } = node;
  const apart = activation !== null && isOverAxis(activation.fn) ? activation.fn : null;
  const step = beginStep(draft, node, { work, inputs: operandsOf(draft, node), whole: apart === null });
  if (apart !== null)
    beginStep(draft, node, { work: { kind: "softmax", fn: apart }, inputs: [{ value: step.output, shape }] });
  else if (activation !== null) step.epilogue = [{ kind: "activation", activation }];
}

function addProduct(draft: Draft, node: ShapedNode): void {
  joinInParts(draft, node, operandsOf(draft, node), (inputs, whole) => {
    const full = inputs.find(({ shape }) => shape[0] !== 1 || shape[1] !== 1) ?? inputs[0];
    const { shape } = full ?? node;
    return beginStep(draft, node, { work: { kind: "product" }, inputs, shape, whole }).output;
  });
}

function addConcat(draft: Draft, node: ShapedNode): void {
  joinInParts(draft, node, operandsOf(draft, node), (inputs, whole) => {
    const channels = inputs.reduce((sum, { shape }) => sum + channelsOf(shape), 0);
    const shape = [...node.shape.slice(0, -1), channels];
    return beginStep(draft, node, { work: { kind: "concat" }, inputs, shape, whole }).output;
  });
}
