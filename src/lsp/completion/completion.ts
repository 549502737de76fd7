import type { CompletionItem, Position } from "vscode-languageserver-types";
import { parseFile } from "../../syntax/parse.ts";
import type { SourceFile } from "../../syntax/ast.ts";
import type { DocumentState } from "../document-state.ts";
import { statementAt } from "../place-at.ts";
import { offsetOf, rangeOf } from "../places.ts";
import type { Project } from "../project.ts";
import { cursorPlace, textsWithCursor, type CursorWord } from "./cursor.ts";
import { findCursor, type Found } from "./find-cursor.ts";
import { importProposals } from "./import-proposals.ts";
import type { Proposal } from "./proposal.ts";
import { proposals } from "./proposals.ts";
import { valuesInSight } from "../../names/values-in-sight.ts";

/** Returns what may be written at a position. The editor narrows it by what is written already. */
export function completion(state: DocumentState, project: Project, position: Position): readonly CompletionItem[] {
  const { source } = state;
  const place = cursorPlace(source, offsetOf(source, position));
  switch (place.kind) {
    case "nowhere":
      return [];
    case "import":
      return toItems(state, place.word, importProposals(state, project));
    case "extent": {
      const found: Found = { wanted: { kind: "fixed", words: ["h", "w", "c"], suffix: "" }, item: null };
      return toItems(state, place.word, proposals(state, found, []));
    }
    case "word": {
      const { found, ast } = readCursor(state, place.word);
      const values = valuesInSight({ ...state.program.entry, ast }, found.item, place.word.start);
      return toItems(state, place.word, proposals(state, found, values));
    }
  }
}

/** Parses the text with a name at the cursor, and finds that name in the tree. */
function readCursor({ source }: DocumentState, word: CursorWord): { readonly found: Found; readonly ast: SourceFile } {
  const [plain, ...others] = textsWithCursor(source, word);
  const ast = parseFile(plain ?? source).file;
  for (const text of [plain ?? source, ...others]) {
    const parsed = text === plain ? ast : parseFile(text).file;
    const found = findCursor(parsed, text);
    if (found !== null) return { found, ast: parsed };
  }
  return { found: elsewhere(ast, word.start), ast };
}

/** Returns what may be written where no name can stand: between the paths of a branch, or between declarations. */
function elsewhere(ast: SourceFile, offset: number): Found {
  const item = ast.items.find(({ span }) => span.start < offset && offset < span.end) ?? null;
  if (item?.kind !== "network" && item?.kind !== "block") return { wanted: { kind: "item" }, item: null };
  if (statementAt(ast, offset)?.kind === "branch") {
    return { wanted: { kind: "fixed", words: ["path"], suffix: "" }, item };
  }
  return { wanted: { kind: "nothing" }, item };
}

function toItems({ source }: DocumentState, word: CursorWord, found: readonly Proposal[]): readonly CompletionItem[] {
  const range = rangeOf(source, word);
  return found.map(({ label, insert, kind, detail, doc }, index) => ({
    label,
    kind,
    // The best fit comes first, whatever its name.
    sortText: String(index).padStart(4, "0"),
    textEdit: { range, newText: insert ?? label },
    ...(detail !== undefined && { detail }),
    ...(doc !== undefined && { documentation: { kind: "markdown" as const, value: doc } }),
  }));
}
