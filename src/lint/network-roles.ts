import { nodeAt, type ShapedNode } from "../ir/graph.ts";
import type { OpName } from "../ir/op.ts";
import { asMap } from "../ir/shape.ts";
import type { LinearStep } from "./linear-steps.ts";
import type { NetworkContext } from "./network-context.ts";

/** Ops after the classifier that pass its values on or rescale them. */
const handsOn: ReadonlySet<OpName> = new Set([
  "squeeze",
  "flatten",
  "dropout",
  "activation",
  "prelu",
  "batch_norm",
  "sample_norm",
  "response_norm",
  "scale",
  "shift",
]);

/** Returns the last layer before the output, whose channels are the classes; null if the output is a map. */
export function classifierOf(context: NetworkContext): LinearStep | null {
  const last = context.graph.outputs.at(-1);
  if (last === undefined) return null;
  let node: ShapedNode = nodeAt(context.index, last.node);
  if (!isVector(node)) return null;
  for (;;) {
    const step = context.stepAt.get(node.id);
    if (step !== undefined) return step;
    const [input] = node.inputs;
    if (!handsOn.has(node.op) || input === undefined) return null;
    node = nodeAt(context.index, input);
  }
}

/** True for a value with one number a channel. */
export function isVector({ shape }: ShapedNode): boolean {
  const map = asMap(shape);
  return shape.length === 1 || (map !== null && map.h === 1 && map.w === 1);
}
