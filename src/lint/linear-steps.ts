import { usesOf, type NodeId, type ShapedGraph, type ShapedNode, type ShapedNodeOf } from "../ir/graph.ts";
import { isLinear, type LinearOp } from "../ir/op.ts";

export type LinearNode = ShapedNodeOf<LinearOp["op"]>;

/** A conv, depthwise conv or dense layer with the norm and the activation that follow it, in one statement or in several. */
export interface LinearStep {
  readonly node: LinearNode;
  /** The batch norm that follows directly, if nothing else reads the layer. */
  readonly norm: ShapedNodeOf<"batch_norm"> | null;
  /** The activation after norm and dropout, if nothing else reads them. */
  readonly act: ShapedNodeOf<"activation" | "prelu"> | null;
  /** The last node of the step. The next layer reads its value. */
  readonly last: ShapedNode;
  /** The nodes that read that value. */
  readonly readers: readonly ShapedNode[];
}

/** Returns the steps of a graph in execution order. */
export function linearSteps(
  graph: ShapedGraph,
  uses: ReadonlyMap<NodeId, readonly ShapedNode[]> = usesOf(graph),
): readonly LinearStep[] {
  const tapped = new Set(graph.outputs.map((output) => output.node));
  const readersOf = (node: ShapedNode): readonly ShapedNode[] => uses.get(node.id) ?? [];
  const onlyReader = (node: ShapedNode): ShapedNode | null => {
    const [reader, ...others] = readersOf(node);
    return reader !== undefined && others.length === 0 && !tapped.has(node.id) ? reader : null;
  };
  return graph.nodes.flatMap((node) => {
    if (!isLinear(node)) return [];
    let last: ShapedNode = node;
    let norm: LinearStep["norm"] = null;
    const next = onlyReader(node);
    if (next?.op === "batch_norm") last = norm = next;
    const ahead = skipDropout(last, onlyReader);
    let act: LinearStep["act"] = null;
    if (ahead?.op === "activation" || ahead?.op === "prelu") last = act = ahead;
    return [{ node, norm, act, last, readers: readersOf(last) }];
  });
}

function skipDropout(node: ShapedNode, onlyReader: (node: ShapedNode) => ShapedNode | null): ShapedNode | null {
  let ahead = onlyReader(node);
  while (ahead?.op === "dropout") ahead = onlyReader(ahead);
  return ahead;
}
