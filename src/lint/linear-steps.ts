import { usesOf, type NodeId, type ShapedGraph, type ShapedNode, type ShapedNodeOf } from "../ir/graph.ts";
import { isLinear, type LinearOp } from "../ir/op.ts";

export type LinearNode = ShapedNodeOf<LinearOp["op"]>;

/** A conv, depthwise conv or dense layer with the norm and the activation that follow it, written in one layer or in several. */
export interface LinearStep {
  readonly node: LinearNode;
  /** Directly behind it, and alone in reading it. */
  readonly norm: ShapedNodeOf<"batch_norm"> | null;
  /** Behind norm and dropout, and alone in reading them. */
  readonly act: ShapedNodeOf<"activation"> | null;
  /** The last of them: whose value the next layer reads. */
  readonly last: ShapedNode;
  /** Who reads that value. */
  readonly readers: readonly ShapedNode[];
}

/** In execution order. */
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
    const behind = onlyReader(node);
    if (behind?.op === "batch_norm") last = norm = behind;
    const ahead = skipDropout(last, onlyReader);
    let act: LinearStep["act"] = null;
    if (ahead?.op === "activation") last = act = ahead;
    return [{ node, norm, act, last, readers: readersOf(last) }];
  });
}

function skipDropout(node: ShapedNode, onlyReader: (node: ShapedNode) => ShapedNode | null): ShapedNode | null {
  let ahead = onlyReader(node);
  while (ahead?.op === "dropout") ahead = onlyReader(ahead);
  return ahead;
}
