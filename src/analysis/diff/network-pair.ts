import type { ShapedGraph } from "../../ir/graph.ts";

/** The two graphs of one network that a comparison reads. */
export interface NetworkPair {
  readonly training: ShapedGraph;
  readonly inference: ShapedGraph;
}
