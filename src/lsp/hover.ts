import { MarkupKind, type Hover } from "vscode-languageserver-types";
import type { DocumentState } from "./document-state.ts";
import { describeFigures } from "./describe-figures.ts";
import { describeMeaning } from "./describe-meaning.ts";
import type { Occurrence } from "../names/occurrence.ts";
import { occurrenceAt } from "../names/find-occurrences.ts";
import { layerPlaceAt } from "./place-at.ts";
import { offsetOf, rangeOf } from "./places.ts";
import type { Project } from "./project.ts";
import type { Position } from "vscode-languageserver-types";

/** Returns what a word means, and the figures of the row or statement around it. */
export function hover(state: DocumentState, project: Project, position: Position): Hover | null {
  const { source, ast, names } = state;
  const offset = offsetOf(source, position);
  const occurrence = occurrenceAt(names, offset);
  const place = layerPlaceAt(ast, offset);
  const meaning = occurrence === null ? null : describeMeaning(state, project, occurrence.meaning, offset);
  const wantsFigures = place !== null && (place.kind === "row" || occurrence === null || namesTheWhole(occurrence));
  const figures = wantsFigures ? describeFigures(state, place) : null;
  const parts = [meaning, figures].filter((part) => part !== null);
  if (parts.length === 0) return null;
  const span = occurrence?.span ?? (place?.kind === "row" ? place.row.span : null);
  return {
    contents: { kind: MarkupKind.Markdown, value: parts.join("\n\n---\n\n") },
    ...(span !== null && { range: rangeOf(source, span) }),
  };
}

/** True for an op, a block or a label, which stand for their whole statement. */
function namesTheWhole({ meaning }: Occurrence): boolean {
  return (
    meaning.kind === "op" || (meaning.kind === "definition" && ["block", "label"].includes(meaning.definition.kind))
  );
}
