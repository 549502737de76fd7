import type { Position } from "vscode-languageserver-types";
import { levelTitle } from "../drawing/describe-level.ts";
import { drawGraph } from "../drawing/draw-graph.ts";
import { graphHtml } from "../drawing/html/graph-html.ts";
import type { ShapedGraph } from "../ir/graph.ts";
import type { DocumentState } from "./document-state.ts";
import { offsetOf } from "./places.ts";

/** A network as a picture for an editor to show beside its text. */
export interface GraphPicture {
  readonly network: string;
  /** `MobileNetV2: 52 layers, 10 residuals`. */
  readonly title: string;
  /** The elements of `mnet graph --format html`: SVG, and `details` that unfold. Text that users wrote is escaped. */
  readonly html: string;
  /** False where an error leaves a part of the network out. */
  readonly whole: boolean;
}

/** Pictures by graph. Each is drawn once, however often the cursor moves. */
const drawn = new WeakMap<ShapedGraph, Pick<GraphPicture, "title" | "html">>();

/** Draws the network around a position, or else the file's first. Returns null if no network can be drawn. */
export function graphPicture(state: DocumentState, position: Position | null): GraphPicture | null {
  const { source, ast, inspection } = state;
  const offset = position === null ? null : offsetOf(source, position);
  const around = ast.items.find(
    (item) =>
      (item.kind === "network" || item.kind === "preset") &&
      offset !== null &&
      item.span.start <= offset &&
      offset <= item.span.end,
  );
  const name = around !== undefined && "name" in around ? around.name.text : null;
  const [first] = inspection.views.keys();
  const network = name !== null && inspection.views.has(name) ? name : first;
  const view = network === undefined ? undefined : inspection.views.get(network);
  if (network === undefined || !view?.training) return null;
  return { network, whole: view.structured !== null, ...pictureOf(network, view.training) };
}

function pictureOf(network: string, graph: ShapedGraph): Pick<GraphPicture, "title" | "html"> {
  const known = drawn.get(graph);
  if (known !== undefined) return known;
  const level = drawGraph(graph);
  const picture = { title: levelTitle(network, level), html: graphHtml(level, { unfold: false }) };
  drawn.set(graph, picture);
  return picture;
}
