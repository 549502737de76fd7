import type { Inspection } from "../../inspect.ts";
import { programFiles } from "../../program/program.ts";
import type { Definition } from "./definition.ts";
import { sameDefinition } from "./definition.ts";
import { collectNames } from "./collect-names.ts";
import type { Occurrence } from "./occurrence.ts";
import { collectPathNames } from "./path-names.ts";
import { placeNames } from "./place-names.ts";

/** What the words of a file stand for, in order of place; parts of words behind the words they begin. */
export function indexNames({ program, views }: Inspection): readonly Occurrence[] {
  const { entry } = program;
  const paths = collectPathNames(entry.ast, views, placeNames(programFiles(program)));
  return [...collectNames(entry), ...paths].sort((a, b) => a.span.start - b.span.start);
}

/** The word at an offset, a cursor right behind it included; of two that touch the one that begins there. */
export function occurrenceAt(names: readonly Occurrence[], offset: number): Occurrence | null {
  const touching = names.filter(({ role, span }) => role !== "part" && span.start <= offset && offset <= span.end);
  return touching.at(-1) ?? null;
}

/** The declaration behind a word; null for what the language itself brings. */
export function definitionAt(names: readonly Occurrence[], offset: number): Definition | null {
  const meaning = occurrenceAt(names, offset)?.meaning;
  return meaning?.kind === "definition" ? meaning.definition : null;
}

/** Wherever a file names a definition, its declaration included. */
export function occurrencesOf(names: readonly Occurrence[], definition: Definition): readonly Occurrence[] {
  return names.filter(({ meaning }) => meaning.kind === "definition" && sameDefinition(meaning.definition, definition));
}
