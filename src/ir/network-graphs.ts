import type { ShapedGraph } from "./graph.ts";

/** The two graphs of one network: the training graph, and the inference graph with folded norms. */
export interface NetworkGraphs {
  readonly training: ShapedGraph;
  readonly inference: ShapedGraph;
}
