import type { ShapedGraph, ShapedNode } from "../../ir/graph.ts";
import type { Trace } from "../../lower/trace.ts";
import { lineText, positionAt, type Source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import type { SpecLine } from "./run-host.ts";

/**
 * Returns the line that each layer comes from, by the path of the layer. The line is a row or a statement in the body
 * of the network, also for a layer inside nested blocks. Layers from other files are left out.
 */
export function specLines(graph: ShapedGraph, trace: Trace, source: Source): ReadonlyMap<string, SpecLine> {
  return new Map(
    graph.nodes.flatMap((node) => {
      const span = placeOf(graph, trace, node);
      if (span.file !== source.name) return [];
      const { line } = positionAt(source, span.start);
      return [[node.path, { line, text: lineText(source, line).trim() }] as const];
    }),
  );
}

function placeOf(graph: ShapedGraph, trace: Trace, node: ShapedNode): Span {
  let outermost = node.block;
  for (let block = outermost; block !== null; block = graph.blocks[block]?.parent ?? null) outermost = block;
  const use = outermost === null ? undefined : trace.blocks[outermost];
  if (use !== undefined) return (use.row ?? use.statement).span;
  return (trace.layers.get(node.layer)?.statement ?? trace.branches.get(node.path))?.span ?? node.span;
}
