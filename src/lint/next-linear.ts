import type { ShapedNode } from "../ir/graph.ts";
import type { LinearStep } from "./linear-steps.ts";
import type { NetworkContext } from "./network-context.ts";

/** The linear layer that alone reads a step's value, over averages and what only rearranges; null where something bends between. */
export function nextLinear(context: NetworkContext, step: LinearStep): LinearStep | null {
  let readers: readonly ShapedNode[] = step.readers;
  for (;;) {
    const [reader, ...others] = readers;
    if (reader === undefined || others.length > 0) return null;
    const next = context.stepAt.get(reader.id);
    if (next !== undefined) return next;
    if (!handsOnLinearly(reader)) return null;
    readers = context.uses.get(reader.id) ?? [];
  }
}

function handsOnLinearly(node: ShapedNode): boolean {
  switch (node.op) {
    case "dropout":
    case "flatten":
    case "squeeze":
      return true;
    case "pool":
    case "global_pool":
      return node.mode === "avg";
    default:
      return false;
  }
}
