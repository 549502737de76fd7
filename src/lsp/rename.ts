import type { Position, Range, TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import { keywords } from "../../grammar/tokens.ts";
import { limits } from "../../grammar/limits.ts";
import { hasErrors } from "../diagnostics/diagnostic.ts";
import { editSources } from "../diagnostics/apply-edits.ts";
import { createSource } from "../text/source.ts";
import { createDocumentState, type DocumentState } from "./document-state.ts";
import { occurrenceAt, occurrencesOf } from "../names/find-occurrences.ts";
import { definitionKey, type Definition } from "../names/definition.ts";
import type { Occurrence } from "../names/occurrence.ts";
import { offsetOf, rangeOf } from "./places.ts";
import { isLibrary, type Project } from "./project.ts";
import { filesNaming } from "./references.ts";

/** Why a rename gives no edits. */
export interface Refusal {
  readonly refused: string;
}

/** Returns the word that a rename would change, or why it cannot be renamed. */
export function prepareRename(
  state: DocumentState,
  position: Position,
): { readonly range: Range; readonly placeholder: string } | Refusal {
  const found = renameable(state, position);
  if ("refused" in found) return found;
  return { range: rangeOf(state.source, found.span), placeholder: found.definition.name };
}

function renameable(
  state: DocumentState,
  position: Position,
): { readonly definition: Definition; readonly span: { readonly start: number; readonly end: number } } | Refusal {
  const occurrence = occurrenceAt(state.names, offsetOf(state.source, position));
  if (occurrence?.meaning.kind !== "definition") return { refused: "Nothing that has a name of its own stands here." };
  const { definition } = occurrence.meaning;
  if (isLibrary(definition.span.file)) return { refused: `"${definition.name}" belongs to the block library.` };
  return { definition, span: occurrence.span };
}

/**
 * Returns edits that give a declaration another name wherever it is named, also in parts of paths (`bottleneck2_1` goes with
 * its block). Refuses a name that would give a file new errors or another meaning.
 */
export function rename(
  state: DocumentState,
  project: Project,
  position: Position,
  newName: string,
): WorkspaceEdit | Refusal {
  const found = renameable(state, position);
  if ("refused" in found) return found;
  const { definition } = found;
  const wrong = wrongName(newName);
  if (wrong !== null) return { refused: wrong };
  if (newName === definition.name) return { changes: {} };

  const changes: Record<string, TextEdit[]> = {};
  const texts = new Map<string, string>();
  const files = filesNaming(state, project, definition);
  for (const other of files) {
    const { source } = other;
    // A word and its first part begin at the same place.
    const spans = new Map(occurrencesOf(other.names, definition).map(({ span }) => [span.start, span]));
    if (spans.size === 0) continue;
    if (isLibrary(source.name)) continue;
    changes[project.uriOf(source.name)] = [...spans.values()].map((span) => ({
      range: rangeOf(source, span),
      newText: newName,
    }));
    const edits = [...spans.values()].map((span) => ({ span, text: newName }));
    const changed = editSources(new Map([[source.name, source]]), edits).get(source.name);
    texts.set(source.name, changed?.text ?? source.text);
  }
  const broken = firstBroken(files, texts, definition, newName);
  return broken === null ? { changes } : { refused: broken };
}

function wrongName(name: string): string | null {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    return `"${name}" is no name: letters, digits and _, and no digit first.`;
  }
  if (name.length > limits.nameLength) {
    return `The name has ${String(name.length)} characters, and ${String(limits.nameLength)} are the most.`;
  }
  return keywords.some(({ LABEL }) => LABEL === name) ? `"${name}" is a keyword of the language.` : null;
}

/** Compiles every file that changes or sees a change, with the new name. Returns the first problem, or null. */
function firstBroken(
  files: readonly DocumentState[],
  texts: ReadonlyMap<string, string>,
  definition: Definition,
  newName: string,
): string | null {
  for (const { source, program, inspection, names } of files) {
    if (hasErrors(inspection.diagnostics)) continue;
    const renamed = createSource(source.name, texts.get(source.name) ?? source.text);
    const after = createDocumentState(renamed, (path) => texts.get(path) ?? program.read(path));
    const problem = after.inspection.diagnostics.find(({ severity }) => severity === "error");
    if (problem !== undefined) return `"${definition.name}" cannot be "${newName}": ${problem.message}`;
    if (meaningsOf(names) !== meaningsOf(after.names))
      return `"${definition.name}" cannot be "${newName}": it would mean something else.`;
  }
  return null;
}

/**
 * Returns what each word stands for as text, with definitions numbered in order of appearance. The text changes if a name hides
 * another or is hidden.
 */
function meaningsOf(names: readonly Occurrence[]): string {
  const met = new Map<string, number>();
  const numberOf = (definition: Definition): number => {
    const key = definitionKey(definition);
    met.set(key, met.get(key) ?? met.size);
    return met.get(key) ?? 0;
  };
  return names
    .map(
      ({ role, meaning }) => `${role} ${meaning.kind === "definition" ? numberOf(meaning.definition) : meaning.kind}`,
    )
    .join("\n");
}
