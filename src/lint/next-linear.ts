import type { ShapedNode } from "../ir/graph.ts";
import type { LinearStep } from "./linear-steps.ts";
import type { NetworkContext } from "./network-context.ts";

/**
 * Returns the linear layer that is the only reader of a step's value, directly or through averages and reshapes. Returns null if an
 * activation stands between them.
 */
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
    case "adaptive_pool":
    case "global_pool":
      return node.mode === "avg";
    default:
      return false;
  }
}
