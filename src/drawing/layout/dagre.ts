import * as dagre from "@dagrejs/dagre";
import type { Size } from "./measure-box.ts";
import type { Point } from "./picture.ts";

/** A graph as dagre lays it out, from the top down; sizes and places are pixels, places are of middles. */
export interface DagreGraph {
  setGraph(label: { readonly nodesep: number; readonly edgesep: number; readonly ranksep: number }): void;
  setNode(name: string, size: Size): void;
  setEdge(from: string, to: string, label: object): void;
  /** Of a graph that is laid out. */
  node(name: string): Size & Point;
  /** Of a graph that is laid out: the first and last point lie on the borders of the nodes. */
  edge(from: string, to: string): { readonly points: readonly Point[] };
}

/** dagre's declarations import each other without extensions, which TypeScript cannot follow here: this is what is used of them. */
export const { Graph, layout } = dagre as unknown as {
  readonly Graph: new () => DagreGraph;
  readonly layout: (graph: DagreGraph) => void;
};
