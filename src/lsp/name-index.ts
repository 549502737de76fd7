import type { Inspection } from "../inspect.ts";
import type { Occurrence } from "../names/occurrence.ts";
import { placeNames } from "../names/place-names.ts";
import { occurrencesIn } from "../names/resolve-declaration.ts";
import { programFiles } from "../program/resolve-block.ts";
import { collectPathNames } from "./path-names.ts";

/** Returns what the words of a file stand for, in order of place. A part of a word comes after the whole word. */
export function indexNames({ program, views }: Inspection): readonly Occurrence[] {
  const { entry } = program;
  const paths = collectPathNames(entry.ast, views, placeNames(programFiles(program)));
  return [...occurrencesIn(entry), ...paths].sort((a, b) => a.span.start - b.span.start);
}
