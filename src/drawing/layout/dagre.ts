import * as dagre from "@dagrejs/dagre";
import type { Size } from "./measure-box.ts";
import type { Point } from "./picture.ts";

/** A graph that dagre lays out from top to bottom. Sizes and positions are in pixels. Positions are of centres. */
export interface DagreGraph {
  setGraph(label: { readonly nodesep: number; readonly edgesep: number; readonly ranksep: number }): void;
  setNode(name: string, size: Size): void;
  setEdge(from: string, to: string, label: object): void;
  /** The positions, once the graph is laid out. */
  node(name: string): Size & Point;
  /**
   * The points of the edges, once the graph is laid out. The first and last points are on the borders of the nodes.
   */
  edge(from: string, to: string): { readonly points: readonly Point[] };
}

/**
 * The part of dagre's types that is used. TypeScript cannot resolve dagre's own declarations, because they import each
 * other without file extensions.
 */
export const { Graph, layout } = dagre as unknown as {
  readonly Graph: new () => DagreGraph;
  readonly layout: (graph: DagreGraph) => void;
};
