import { InlayHintKind, type InlayHint, type InlayHintLabelPart, type Range } from "vscode-languageserver-types";
import { formatShape } from "../ir/shape.ts";
import type { NetworkDeclaration, PresetDeclaration, Statement } from "../syntax/ast.ts";
import { bodyOf, childrenOf } from "../syntax/visit.ts";
import type { Span } from "../text/span.ts";
import { grouped } from "../text/grouped.ts";
import type { DocumentState } from "./document-state.ts";
import type { NetworkTotals, PlaceFigures } from "./network-figures.ts";
import { offsetOf, positionOf } from "./places.ts";
import { placeKey } from "../text/place-key.ts";
import { shortFigure } from "../text/short-figure.ts";
import { counted } from "../text/counted.ts";

/**
 * Returns hints for a range of a file. After every row and statement that makes layers stand its output shape, trainable
 * weights and multiply-adds, and whether its blocks add their input; after a network's head stand its totals. A figure that an
 * error leaves open is not shown.
 */
export function inlayHints(state: DocumentState, range: Range): readonly InlayHint[] {
  const { source, ast, figures } = state;
  const from = offsetOf(source, range.start);
  const to = offsetOf(source, range.end);
  const hints: InlayHint[] = [];
  const add = (offset: number, parts: readonly InlayHintLabelPart[]): void => {
    if (parts.length === 0 || offset < from || offset > to) return;
    hints.push({
      position: positionOf(source, offset),
      label: joined(parts),
      kind: InlayHintKind.Type,
      paddingLeft: true,
    });
  };
  const addPlace = (span: Span, shapeIsStated: boolean): void => {
    const found = figures.byPlace.get(placeKey(span));
    if (found !== undefined) add(span.end, placeParts(found, shapeIsStated));
  };
  const visit = (body: readonly Statement[]): void => {
    for (const statement of body) {
      if (statement.span.start > to) return;
      visit(childrenOf(statement));
      if (statement.kind === "call-statement" || statement.kind === "branch") {
        addPlace(statement.span, statement.expectedShape !== null);
      } else if (statement.kind === "table") {
        for (const row of statement.rows) addPlace(row.span, false);
        if (statement.rows.length > 1) addPlace(statement.span, false);
      }
    }
  };
  for (const item of ast.items) {
    if (item.kind === "network" || item.kind === "preset") {
      const totals = figures.totals.get(item.name.text);
      if (totals !== undefined) add(headEnd(item), totalParts(totals));
    }
    visit(bodyOf(item));
  }
  return hints;
}

/** Returns the end of the last word before the body. */
function headEnd(item: NetworkDeclaration | PresetDeclaration): number {
  return item.kind === "preset" ? item.span.end : (item.attributes.at(-1)?.span.end ?? item.name.span.end);
}

function joined(parts: readonly InlayHintLabelPart[]): InlayHintLabelPart[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [{ value: " · " }, part]));
}

function countParts({ params, macs }: Pick<NetworkTotals, "params" | "macs">): readonly InlayHintLabelPart[] {
  return [
    ...(params > 0
      ? [{ value: `${shortFigure(params)} params`, tooltip: `${grouped(params)} trainable weights` }]
      : []),
    ...(macs > 0
      ? [{ value: `${shortFigure(macs)} MACs`, tooltip: `${grouped(macs)} multiply-adds for one image` }]
      : []),
  ];
}

function placeParts(figures: PlaceFigures, shapeIsStated: boolean): readonly InlayHintLabelPart[] {
  const { output, paths, instances } = figures;
  const parts: InlayHintLabelPart[] = [];
  if (output !== null && !shapeIsStated) parts.push({ value: formatShape(output), tooltip: "output shape" });
  parts.push(...countParts(figures));
  const residuals = instances.filter(({ decision }) => decision?.inserted === true).length;
  // A block whose residual is `never` has nothing to say.
  if (instances.some(({ residual }) => residual !== "never")) parts.push(residualPart(figures, residuals));
  else if (instances.length === 0 && paths.length > 1) parts.push({ value: `${String(paths.length)} uses` });
  return parts;
}

function residualPart({ instances }: PlaceFigures, residuals: number): InlayHintLabelPart {
  const value =
    residuals === 0
      ? "no residual"
      : residuals === instances.length
        ? "residual"
        : `residual in ${String(residuals)} of ${String(instances.length)}`;
  const reasons = instances.map(({ path, decision }) => `${path}: ${decision?.reason ?? "not known"}`);
  return { value, tooltip: reasons.slice(0, 20).join("\n") };
}

function totalParts(totals: NetworkTotals): readonly InlayHintLabelPart[] {
  const { residuals } = totals;
  const parts = countParts(totals);
  return residuals === 0 ? parts : [...parts, { value: counted(residuals, "residual") }];
}
