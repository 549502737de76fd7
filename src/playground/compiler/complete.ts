import { CompletionItemKind, MarkupContent, TextEdit, type CompletionItem } from "vscode-languageserver-types";
import { completion } from "../../lsp/completion/completion.ts";
import { offsetOf, positionOf } from "../../lsp/places.ts";
import type { OpenDocument } from "./open-document.ts";
import type { CompletionList, CompletionOption } from "./requests.ts";

/** CodeMirror's names for the kinds of completions. They determine the icons. */
const types: Partial<Record<CompletionItemKind, string>> = {
  [CompletionItemKind.Class]: "class",
  [CompletionItemKind.Function]: "function",
  [CompletionItemKind.Variable]: "variable",
  [CompletionItemKind.Constant]: "constant",
  [CompletionItemKind.Property]: "property",
  [CompletionItemKind.Keyword]: "keyword",
  [CompletionItemKind.Reference]: "variable",
};

/** Returns the completions at an offset, the best first, or null if there are none. */
export function complete({ state, project }: OpenDocument, offset: number): CompletionList | null {
  const { source } = state;
  const items = completion(state, project, positionOf(source, offset));
  const [first] = items;
  if (first === undefined || !TextEdit.is(first.textEdit)) return null;
  const { range } = first.textEdit;
  return { from: offsetOf(source, range.start), to: offsetOf(source, range.end), options: items.map(optionOf) };
}

function optionOf({ label, kind, detail, documentation, textEdit }: CompletionItem): CompletionOption {
  return {
    label,
    insert: textEdit === undefined ? label : textEdit.newText,
    type: kind === undefined ? "text" : (types[kind] ?? "text"),
    detail: detail ?? "",
    markdown: MarkupContent.is(documentation) ? documentation.value : (documentation ?? ""),
  };
}
