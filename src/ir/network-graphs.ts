import type { ShapedGraph } from "./graph.ts";

/** The two graphs of one network: the one that trains, and the one that only predicts, its norms folded. */
export interface NetworkGraphs {
  readonly training: ShapedGraph;
  readonly inference: ShapedGraph;
}
