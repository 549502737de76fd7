import { levelTitle } from "../../drawing/describe-level.ts";
import { drawGraph } from "../../drawing/draw-graph.ts";
import { graphHtml } from "../../drawing/html/graph-html.ts";
import type { OpenDocument } from "./open-document.ts";
import type { GraphView } from "./requests.ts";

/** Returns a drawing of the network as HTML, or null if no part of the network can be drawn. */
export function graphView({ view, network }: OpenDocument): GraphView | null {
  if (network === null || !view?.training) return null;
  const level = drawGraph(view.training);
  return {
    title: levelTitle(network, level),
    html: graphHtml(level, { unfold: false }),
    whole: view.structured !== null,
  };
}
