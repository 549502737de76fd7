import type { ShapedNodeOf } from "../ir/graph.ts";

/** A step after the division by the deviation: back to the value's shape, times gamma, plus beta. */
type NormPart = "normalized" | "restored" | "scaled" | "shifted";

/** How a graph format spells a norm by the sample's own numbers. */
export interface NormParts {
  /** Names the node of a part. The last part has the norm's own name. */
  readonly named: (part: NormPart) => string;
  /** The weights that the norm has, in the order in which they are applied, each with its part. */
  readonly learned: readonly { readonly slot: "gamma" | "beta"; readonly part: NormPart }[];
}

/** Lists what a norm is written as in a graph format; `reshaped` tells whether its cells are a reshape of the value. */
export function normParts(name: string, node: ShapedNodeOf<"sample_norm">, reshaped: boolean): NormParts {
  const learned = [
    ...(node.scale ? [{ slot: "gamma", part: "scaled" } as const] : []),
    ...(node.center ? [{ slot: "beta", part: "shifted" } as const] : []),
  ];
  const last = learned.at(-1)?.part ?? (reshaped ? "restored" : "normalized");
  return { named: (part) => (part === last ? name : `${name}/${part}`), learned };
}
