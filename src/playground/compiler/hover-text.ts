import { MarkupContent } from "vscode-languageserver-types";
import { hover } from "../../lsp/hover.ts";
import { offsetOf, positionOf } from "../../lsp/places.ts";
import type { OpenDocument } from "./open-document.ts";
import type { HoverText } from "./requests.ts";

/** Returns the text that the editor shows for the word at an offset, or null if there is none. */
export function hoverText({ state, project }: OpenDocument, offset: number): HoverText | null {
  const { source } = state;
  const found = hover(state, project, positionOf(source, offset));
  if (found === null || !MarkupContent.is(found.contents)) return null;
  const { range } = found;
  return {
    from: range === undefined ? offset : offsetOf(source, range.start),
    to: range === undefined ? offset : offsetOf(source, range.end),
    markdown: found.contents.value,
  };
}
