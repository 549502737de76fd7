import type { Node } from "./graph.ts";

/** Tells whether an op's value has the same bytes as its input under another shape. Such an op computes nothing. */
export function isAlias({ op }: Pick<Node, "op">): boolean {
  return op === "flatten" || op === "squeeze" || op === "reshape" || op === "dropout";
}
