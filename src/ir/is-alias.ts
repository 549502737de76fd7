import type { Node } from "./graph.ts";

/** Tells whether an op's value is its input's bytes under another shape: it computes and writes nothing. */
export function isAlias({ op }: Pick<Node, "op">): boolean {
  return op === "flatten" || op === "squeeze" || op === "dropout";
}
