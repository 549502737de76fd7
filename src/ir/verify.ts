import { isElementwise } from "./activation.ts";
import type { Graph, LoweredGraph, Node, NodeId, ShapedGraph } from "./graph.ts";
import { isConstantFold, type NormFold } from "./norm-fold.ts";
import { inferShape, isLinear, mergedBranches } from "./op.ts";
import { formatShape, sameShape, type Shape } from "./shape.ts";
import type { Pads } from "./window.ts";

type AnyNode = Node & { readonly shape?: Shape; readonly pads?: Pads };

/**
 * Returns the faults of a graph in words, or nothing if the graph is valid. Either all nodes have a shape or none has.
 * Shapes are checked if nodes have them. It runs after each pass in tests, under `--verify-ir`, and on graphs read
 * from disk.
 */
export function verifyGraph(graph: LoweredGraph | ShapedGraph): readonly string[] {
  return [...nodeProblems(graph), ...blockProblems(graph), ...outputProblems(graph)];
}

function nodeProblems(graph: Graph): string[] {
  const problems: string[] = [];
  const nodes: readonly AnyNode[] = graph.nodes;
  const byId = new Map<NodeId, AnyNode>();
  // A folded norm is no longer a node, but its path still names its weights.
  const paths = new Set<string>();
  const claim = (path: string): void => {
    if (paths.has(path)) problems.push(`two nodes or folded norms have the path "${path}"`);
    paths.add(path);
  };
  const scales = new Set<string>();
  const claimFold = (fold: NormFold): void => {
    // A constant has no weights, so its path is not counted. A scale of merged branches is a recipe of each branch, so
    // its path may occur several times.
    if (isConstantFold(fold) || scales.has(fold.path)) return;
    if ("factor" in fold) scales.add(fold.path);
    claim(fold.path);
  };
  const shaped = nodes[0]?.shape !== undefined;
  for (const [position, node] of nodes.entries()) {
    const problem = (text: string): number => problems.push(`%${node.id} ${node.op} "${node.path}": ${text}`);
    if (byId.has(node.id)) problem("its id is taken by an earlier node");
    claim(node.path);
    if ((node.op === "input") !== (position === 0)) {
      problem(position === 0 ? "the first node must be the input" : "only the first node may be an input");
    }
    if (node.op === "input" && !sameShape(node.extents, graph.input.shape)) {
      problem(
        `its extents ${formatShape(node.extents)} differ from the network's input ${formatShape(graph.input.shape)}`,
      );
    }
    const wanted = arity(node);
    if (node.inputs.length < wanted.least || node.inputs.length > wanted.most) {
      problem(`it has ${node.inputs.length} inputs, and the op takes ${wanted.text}`);
    }
    if (node.block !== null && graph.blocks[node.block] === undefined) problem(`there is no block ${node.block}`);
    const missing = node.inputs.filter((id) => !byId.has(id));
    for (const id of missing) problem(`its input %${id} does not stand before it`);
    if (isLinear(node)) {
      for (const fold of node.folded) claimFold(fold);
      for (const branch of mergedBranches(node)) {
        // An identity has no weights, and its path is another node's.
        if (branch.kind === "conv" || branch.kind === "depthwise") claim(branch.path);
        for (const fold of branch.folded) claimFold(fold);
      }
      if (node.activation !== null && !isElementwise(node.activation)) {
        problem(`${node.activation.fn} looks at a whole axis and cannot be fused`);
      }
    }
    if ((node.shape !== undefined) !== shaped)
      problem(shaped ? "it has no shape, others have" : "it has a shape, others have none");
    else if (shaped && missing.length === 0) for (const text of shapeProblems(node, byId)) problem(text);
    byId.set(node.id, node);
  }
  if (nodes.length === 0) problems.push("the graph has no nodes");
  return problems;
}

function arity(node: Node): { readonly least: number; readonly most: number; readonly text: string } {
  switch (node.op) {
    case "input":
      return { least: 0, most: 0, text: "none" };
    case "add":
    case "sub":
    case "mul":
    case "concat":
      return { least: 2, most: Infinity, text: "two or more" };
    default:
      return { least: 1, most: 1, text: "one" };
  }
}

function shapeProblems(node: AnyNode, byId: ReadonlyMap<NodeId, AnyNode>): string[] {
  const result = inferShape(
    node,
    node.inputs.map((id) => byId.get(id)?.shape ?? []),
  );
  if (result.problem !== undefined) return [result.problem.message];
  const problems: string[] = [];
  const shape = node.shape ?? [];
  if (!sameShape(result.shape, shape)) {
    problems.push(`its shape is ${formatShape(shape)}, and its op gives ${formatShape(result.shape)}`);
  }
  if ((result.pads ?? []).join() !== (node.pads ?? []).join()) {
    problems.push(
      `its pads are ${(node.pads ?? []).join() || "missing"}, and its op gives ${(result.pads ?? []).join() || "none"}`,
    );
  }
  return problems;
}

function blockProblems(graph: Graph): string[] {
  const ids = new Set(graph.nodes.map((node) => node.id));
  const paths = new Set<string>();
  return graph.blocks.flatMap((block, index) => {
    const problems: string[] = [];
    if (paths.has(block.path)) problems.push("an earlier block has this path");
    paths.add(block.path);
    if (block.parent !== null && !(block.parent >= 0 && block.parent < index)) {
      problems.push(`its parent ${block.parent} does not stand before it`);
    }
    if (!ids.has(block.input)) problems.push(`its input %${block.input} does not exist`);
    if (!ids.has(block.output)) problems.push(`its output %${block.output} does not exist`);
    return problems.map((text) => `block ${index} "${block.path}": ${text}`);
  });
}

function outputProblems(graph: Graph): string[] {
  const ids = new Set(graph.nodes.map((node) => node.id));
  const names = new Set<string>();
  const problems: string[] = [];
  const check = (what: string, node: NodeId, block: number | null): void => {
    if (!ids.has(node)) problems.push(`${what}: %${node} does not exist`);
    if (block === null) return;
    const value = graph.blocks[block]?.output;
    if (value === undefined) problems.push(`${what}: there is no block ${block}`);
    else if (value !== node) problems.push(`${what}: it names %${node}, and its block gives %${value}`);
  };
  for (const output of graph.outputs) {
    if (names.has(output.name)) problems.push(`output "${output.name}": an earlier output has this name`);
    names.add(output.name);
    check(`output "${output.name}"`, output.node, output.block);
  }
  if (graph.outputs.at(-1)?.name !== "output") problems.push(`the last output must be named "output"`);
  for (const assert of graph.asserts) {
    if (assert.subject === "shape") check(`assert shape(${assert.path})`, assert.node, assert.block);
  }
  return problems;
}
