import { indexNodes, inputShapes, type NodeId, type ShapedGraph, type ShapedNode } from "../../../ir/graph.ts";
import { formatShape } from "../../../ir/shape.ts";
import { claimIdentifier } from "../../escape.ts";
import { valueWord } from "../../source-plan/path-words.ts";
import { camelCase } from "../camel-case.ts";
import { nodeCode, type Use } from "./node-code.ts";

/** The statements of the network, and the code of each returned value. */
export interface NetworkCode {
  readonly statements: readonly string[];
  readonly valueCode: (id: NodeId) => string;
}

interface Variable {
  readonly name: string;
  readonly rank: number;
  /** Position of the last node that reads its value. */
  until: number;
  assignments: number;
}

/**
 * Writes one line for each node. After the last read of a value, the next value of the same rank reuses its variable,
 * so a chain is written `x = …; x = …`. A value that is read later, such as the input of a residual, keeps its own
 * variable.
 */
export function networkStatements(
  graph: ShapedGraph,
  input: string,
  taken: Set<string>,
  typed: boolean,
  use: Use,
): NetworkCode {
  const index = indexNodes(graph);
  const wanted = wantedNodes(graph);
  const nodes = graph.nodes.filter((node) => wanted.has(node.id));
  const lastUse = lastUses(graph, nodes);
  const variables: Variable[] = [];
  const holders = new Map<NodeId, Variable | null>();
  const nameOf = (id: NodeId) => holders.get(id)?.name ?? input;
  const lines: { variable: Variable; declares: boolean; code: string; comment: string }[] = [];

  for (const [position, node] of nodes.entries()) {
    const shapes = inputShapes(index, node);
    const inputs = node.op === "input" ? [input] : node.inputs.map(nameOf);
    const code = nodeCode(node, inputs, shapes, use);
    const until = lastUse.get(node.id) ?? position;
    if (code === inputs[0]) {
      // The node changes nothing, so its value keeps the name of its input.
      const holder = node.op === "input" ? null : (holders.get(node.inputs[0] ?? -1) ?? null);
      if (holder !== null) holder.until = Math.max(holder.until, until);
      holders.set(node.id, holder);
      continue;
    }
    const rank = node.shape.length;
    const free = variables.filter((variable) => variable.rank === rank && variable.until <= position);
    const read = new Set(inputs);
    const reused =
      free.find(({ name }) => read.has(name) && name === "x") ?? free.find(({ name }) => read.has(name)) ?? free[0];
    const variable = reused ?? {
      name: claimIdentifier(wordFor(node, variables), "value", taken),
      rank,
      until,
      assignments: 0,
    };
    if (reused === undefined) variables.push(variable);
    variable.until = until;
    variable.assignments += 1;
    holders.set(node.id, variable);
    lines.push({ variable, declares: reused === undefined, code, comment: formatShape(node.shape) });
  }
  const statements = lines.map(({ variable, declares, code, comment }) => {
    const keyword = variable.assignments > 1 ? "let" : "const";
    const type = typed ? `: tf.Tensor${variable.rank + 1}D` : "";
    return `${declares ? `${keyword} ${variable.name}${type}` : variable.name} = ${code}; // ${comment}`;
  });
  return { statements, valueCode: nameOf };
}

/**
 * Names a variable. Maps are named x, y, z and so on, and a name is reused when its value is no longer needed. Vectors
 * are named after their nodes.
 */
function wordFor(node: ShapedNode, variables: readonly Variable[]): string {
  if (node.shape.length === 1) return camelCase(valueWord(node.path));
  return ["x", "y", "z"].find((word) => variables.every(({ name }) => name !== word)) ?? "map";
}

function wantedNodes(graph: ShapedGraph): ReadonlySet<NodeId> {
  const wanted = new Set(graph.outputs.map(({ node }) => node));
  for (const node of [...graph.nodes].reverse()) {
    if (wanted.has(node.id)) for (const id of node.inputs) wanted.add(id);
  }
  return wanted;
}

function lastUses(graph: ShapedGraph, nodes: readonly ShapedNode[]): ReadonlyMap<NodeId, number> {
  const uses = new Map<NodeId, number>();
  for (const [position, node] of nodes.entries()) for (const id of node.inputs) uses.set(id, position);
  for (const { node } of graph.outputs) uses.set(node, Infinity);
  return uses;
}
