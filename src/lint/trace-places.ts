import type { ShapedNode } from "../ir/graph.ts";
import type { LayerTrace } from "../lower/trace.ts";
import type { Span } from "../text/span.ts";
import type { NetworkContext } from "./network-context.ts";
import { causeOf, originOf, userPlace, type Origin } from "./origin.ts";

/** Returns the statement that made a node; null for the sum of a residual and for joins. */
export function layerOf({ trace }: NetworkContext, node: ShapedNode): LayerTrace | null {
  return trace.layers.get(node.layer) ?? null;
}

/** Returns the place where a layer's argument was written; null if the op's default holds. */
export function argumentOrigin(context: NetworkContext, node: ShapedNode, key: string): Origin | null {
  const argument = layerOf(context, node)?.args.get(key);
  return argument === undefined ? null : originOf(context.trace, argument);
}

/** Returns the origin of the block parameter in a layer's argument, or else of the argument; null if the op's default holds. */
export function argumentCause(context: NetworkContext, node: ShapedNode, key: string): Origin | null {
  const argument = layerOf(context, node)?.args.get(key);
  return argument === undefined ? null : causeOf(context.trace, argument);
}

/** Returns the place of a layer's whole statement, for a finding that no single argument causes. */
export function statementPlace(context: NetworkContext, node: ShapedNode): Span {
  const layer = layerOf(context, node);
  return layer === null ? node.span : userPlace(layer.scope, layer.statement.span);
}

/**
 * True if the given nodes are all that the statement of the first one makes in the network. A block's statement makes several, and an edit
 * of it changes them all.
 */
export function areAllOfStatement(context: NetworkContext, nodes: readonly [ShapedNode, ...ShapedNode[]]): boolean {
  const [first] = nodes;
  const statement = layerOf(context, first)?.statement;
  const given = new Set(nodes.map(({ id }) => id));
  return context.graph.nodes.every(
    (node) => node.op !== first.op || given.has(node.id) || layerOf(context, node)?.statement !== statement,
  );
}

export function originPlace({ scope, span }: Origin): Span {
  return userPlace(scope, span);
}

/** Groups items by their place, in order of first appearance. */
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
