import type { ShapedGraph } from "../../ir/graph.ts";
import { formatShape } from "../../ir/shape.ts";
import { commentLines, commentText } from "../escape.ts";

/** Writes the first comment of a module: the network's name, its doc comment and its params. */
export function headerComment(graph: ShapedGraph): string {
  const params = Object.entries(graph.params).map(([name, value]) => `${name} = ${value}`);
  const doc = graph.doc === null ? [] : ["", ...commentLines(graph.doc)];
  const lines = [
    `${commentText(graph.name)} for TensorFlow.js, made by mnet from its spec: change the spec, not this file.`,
    ...doc,
    ...(params.length > 0 ? ["", commentText(params.join(", "))] : []),
  ];
  return docComment(lines);
}

export function docComment(lines: readonly string[]): string {
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */`;
}

/** Describes the inputs and outputs of a network, for a comment. */
export function interfaceDoc(graph: ShapedGraph): readonly string[] {
  const { normalization, shape } = graph.input;
  const list = (numbers: readonly number[]) =>
    new Set(numbers).size === 1 ? String(numbers[0]) : `[${numbers.join(", ")}]`;
  const pixels = normalization
    ? [
        `The input is (x - mean) / std of pixels x from 0 to 255: mean ${list(normalization.mean)}, std ${list(normalization.std)}.`,
      ]
    : [];
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const outputs = new Map(graph.outputs.map((output) => [output.node, output]));
  const named = [...outputs.values()].map(
    ({ name, node }) => `${commentText(name)} ${formatShape(nodes.get(node)?.shape ?? [])}`,
  );
  return [
    `Input: ${formatShape(shape)}.`,
    ...pixels,
    `${named.length === 1 ? "Output" : "Outputs, in this order"}: ${named.join(", ")}.`,
  ];
}
