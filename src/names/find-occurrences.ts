import { sameDefinition, type Definition } from "./definition.ts";
import type { Occurrence } from "./occurrence.ts";

/** Returns the word at an offset, or the one that ends there. Of two words that touch it is the second. */
export function occurrenceAt(names: readonly Occurrence[], offset: number): Occurrence | null {
  const touching = names.filter(({ role, span }) => role !== "part" && span.start <= offset && offset <= span.end);
  return touching.at(-1) ?? null;
}

/** Returns the declaration that the word at an offset names; null for a word of the language itself. */
export function definitionAt(names: readonly Occurrence[], offset: number): Definition | null {
  const meaning = occurrenceAt(names, offset)?.meaning;
  return meaning?.kind === "definition" ? meaning.definition : null;
}

/** Returns every place where a file names a definition, its declaration included. */
export function occurrencesOf(names: readonly Occurrence[], definition: Definition): readonly Occurrence[] {
  return names.filter(({ meaning }) => meaning.kind === "definition" && sameDefinition(meaning.definition, definition));
}
