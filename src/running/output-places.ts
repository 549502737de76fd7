import type { ShapedGraph } from "../ir/graph.ts";

/**
 * Returns the place of each output of a network among the tensors that its tf.js layers model returns. The model
 * returns a value once, even if two outputs name it.
 */
export function outputPlaces({ outputs }: ShapedGraph): ReadonlyMap<string, number> {
  const returned = [...new Set(outputs.map(({ node }) => node))];
  return new Map(outputs.map(({ name, node }) => [name, returned.indexOf(node)]));
}
