import type { Initializer } from "../../src/ir/initializer.ts";
import type { ShapedGraph } from "../../src/ir/graph.ts";
import { graphBuilder } from "../support/graph-builder.ts";

/** One of each thing that has weights: conv with norm, grouped conv, depthwise with multiplier, dense. */
export function layersGraph(): ShapedGraph {
  const g = graphBuilder("layers", [9, 7, 6]);
  const stem = g.act("stem", g.norm("stem", g.conv("stem", g.input, 8, { kernel: 3, stride: 2, bias: false })), "relu");
  const grouped = g.conv("grouped", stem, 12, { kernel: 3, groups: 4 });
  const depthwise = g.norm("depthwise", g.depthwise("depthwise", grouped, { multiplier: 2, bias: false }));
  const flat = g.push("flatten", { op: "flatten" }, [g.push("pool", { op: "global_pool", mode: "avg" }, [depthwise])]);
  return g.shaped(g.dense("dense", flat, 5));
}

/** The same graph with another initialiser on every kernel and bias. */
export function initializedWith(graph: ShapedGraph, init: Initializer, biasInit: Initializer = init): ShapedGraph {
  return { ...graph, nodes: graph.nodes.map((node) => ("init" in node ? { ...node, init, biasInit } : node)) };
}
