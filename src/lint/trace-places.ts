import type { ShapedNode } from "../ir/graph.ts";
import type { LayerTrace } from "../lower/trace.ts";
import type { Span } from "../text/span.ts";
import type { NetworkContext } from "./network-context.ts";
import { causeOf, originOf, userPlace, type Origin } from "./origin.ts";

/** The statement that a node was written in; null for a residual's sum and for joins. */
export function layerOf({ trace }: NetworkContext, node: ShapedNode): LayerTrace | null {
  return trace.layers.get(node.layer) ?? null;
}

/** Where a layer's argument was written; null where it is left to the op. */
export function argumentOrigin(context: NetworkContext, node: ShapedNode, key: string): Origin | null {
  const argument = layerOf(context, node)?.args.get(key);
  return argument === undefined ? null : originOf(context.trace, argument);
}

/** What a layer's argument follows from: a parameter in what was written, or that itself; null where it is left to the op. */
export function argumentCause(context: NetworkContext, node: ShapedNode, key: string): Origin | null {
  const argument = layerOf(context, node)?.args.get(key);
  return argument === undefined ? null : causeOf(context.trace, argument);
}

/** A layer's whole statement, for what no single argument causes. */
export function statementPlace(context: NetworkContext, node: ShapedNode): Span {
  const layer = layerOf(context, node);
  return layer === null ? node.span : userPlace(layer.scope, layer.statement.span);
}

export function originPlace({ scope, span }: Origin): Span {
  return userPlace(scope, span);
}

/** Groups by place, in order of first appearance. */
export function groupByPlace<T>(
  items: readonly T[],
  placeOf: (item: T) => Span,
): readonly (readonly [Span, readonly [T, ...T[]]])[] {
  const groups = new Map<string, [Span, [T, ...T[]]]>();
  for (const item of items) {
    const span = placeOf(item);
    const key = `${span.file}\u0000${span.start}\u0000${span.end}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [span, [item]]);
    else group[1].push(item);
  }
  return [...groups.values()];
}
