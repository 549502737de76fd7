import type { ShapedNodeOf } from "../ir/graph.ts";

/**
 * A step after the division by the standard deviation: the reshape to the value's shape, the multiplication by gamma,
 * or the addition of beta.
 */
type NormPart = "normalized" | "restored" | "scaled" | "shifted";

/** How a graph format writes a norm that uses statistics of the sample (layer, group, instance or RMS norm). */
export interface NormParts {
  /** Names the node of a part. The last part has the norm's own name. */
  readonly named: (part: NormPart) => string;
  /** The weights of the norm in the order in which they are applied, each with the step that applies it. */
  readonly learned: readonly { readonly slot: "gamma" | "beta"; readonly part: NormPart }[];
}

/**
 * Lists the nodes that a norm becomes in a graph format. `reshaped` is true if the value is reshaped before the
 * statistics are computed.
 */
export function normParts(name: string, node: ShapedNodeOf<"sample_norm">, reshaped: boolean): NormParts {
  const learned = [
    ...(node.scale ? [{ slot: "gamma", part: "scaled" } as const] : []),
    ...(node.center ? [{ slot: "beta", part: "shifted" } as const] : []),
  ];
  const last = learned.at(-1)?.part ?? (reshaped ? "restored" : "normalized");
  return { named: (part) => (part === last ? name : `${name}/${part}`), learned };
}
