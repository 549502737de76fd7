import { countNodes } from "../analysis/counts.ts";
import { nodeAt, indexNodes, type ShapedGraph } from "../ir/graph.ts";
import { formatShape } from "../ir/shape.ts";
import { grouped } from "../text/grouped.ts";
import { describeArguments } from "./describe-arguments.ts";
import type { DocumentState } from "./document-state.ts";
import type { PlaceFigures } from "./network-figures.ts";
import { placeKey } from "../text/place-key.ts";
import type { LayerPlace } from "./place-at.ts";

const mostLayers = 24;

/** Returns Markdown with the figures of a row or statement; null if an error leaves them open or it makes no layer. */
export function describeFigures(state: DocumentState, place: LayerPlace): string | null {
  const span = place.kind === "row" ? place.row.span : place.statement.span;
  const figures = state.figures.byPlace.get(placeKey(span));
  const view = figures === undefined ? undefined : state.inspection.views.get(figures.network);
  if (figures === undefined || view?.training == null) return null;
  const { training, trace } = view;
  const parts = [headline(figures, training), describeArguments(trace, figures, place), residualLines(figures)];
  if (new Set(figures.nodes.map(({ layer }) => layer)).size > 1) parts.push(layerTable(figures, training));
  return parts.filter((part) => part !== "").join("\n\n");
}

function headline(
  { nodes, output, paths, params, macs, receptiveField, activationBytes }: PlaceFigures,
  graph: ShapedGraph,
) {
  const [first] = nodes[0].inputs;
  const input = first === undefined ? null : nodeAt(indexNodes(graph), first).shape;
  const total = graph.nodes.length === 0 ? null : totals(graph);
  const share = (value: number, whole: number | undefined): string =>
    whole === undefined || whole === 0 ? "" : ` (${((100 * value) / whole).toFixed(1)} % of the network)`;
  const [down, across] = receptiveField;
  const shape = output === null ? "shapes differ from use to use" : `**${formatShape(output)}**`;
  const uses = paths.length > 1 ? `, ${String(paths.length)} times` : "";
  return [
    `${shape}${input === null || output === null ? "" : ` from ${formatShape(input)}`}${uses}`,
    `${grouped(params)} trainable parameters${share(params, total?.trainable)}`,
    `${grouped(macs)} multiply-adds${share(macs, total?.macs)}`,
    `receptive field ${down === across ? String(down) : `${String(down)}x${String(across)}`}, ${grouped(activationBytes)} bytes of output`,
  ]
    .map((line) => `- ${line}`)
    .join("\n");
}

function totals(graph: ShapedGraph): { readonly trainable: number; readonly macs: number } {
  let trainable = 0;
  let macs = 0;
  for (const counts of countNodes(graph).values()) {
    trainable += counts.trainable;
    macs += counts.macs;
  }
  return { trainable, macs };
}

/** Returns why each block of the place adds its input or does not. Blocks whose residual is `never` are left out. */
function residualLines({ instances }: PlaceFigures): string {
  const asked = instances.filter(({ residual }) => residual !== "never");
  const lines = asked.map(({ path, decision }) => {
    const what = decision === null ? "not known" : decision.inserted ? "residual" : "no residual";
    return `- \`${path}\`: ${what}${decision === null ? "" : `, ${decision.reason}`}`;
  });
  const shown = lines.slice(0, mostLayers);
  if (lines.length > shown.length) shown.push(`- ${String(lines.length - shown.length)} more`);
  return shown.join("\n");
}

function layerTable({ nodes }: PlaceFigures, graph: ShapedGraph): string {
  const counts = countNodes(graph);
  const layers = new Map<string, { op: string; shape: string; params: number; macs: number }>();
  for (const { id, layer, op, shape } of nodes) {
    const row = layers.get(layer) ?? { op, shape: "", params: 0, macs: 0 };
    row.shape = formatShape(shape);
    row.params += counts.get(id)?.trainable ?? 0;
    row.macs += counts.get(id)?.macs ?? 0;
    layers.set(layer, row);
  }
  const rows = [...layers].map(
    ([layer, { op, shape, params, macs }]) => `| ${layer} | ${op} | ${shape} | ${grouped(params)} | ${grouped(macs)} |`,
  );
  const shown = rows.slice(0, mostLayers);
  const more = rows.length > shown.length ? `\n\n${String(rows.length - shown.length)} more layers` : "";
  return `| layer | op | output | parameters | multiply-adds |\n| --- | --- | --- | ---: | ---: |\n${shown.join("\n")}${more}`;
}
