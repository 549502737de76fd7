import type { Fix, TextEdit } from "./diagnostic.ts";
import { createSource, type Source } from "../text/source.ts";

export interface AppliedFixes {
  /** The files that changed, by name. */
  readonly sources: ReadonlyMap<string, Source>;
  /** The fixes that were applied. A fix that touches text which an earlier one changed waits for another round. */
  readonly applied: readonly Fix[];
}

/** Applies each fix whole or not at all. Of two fixes that touch the same text, only the first is applied. */
export function applyFixes(sources: ReadonlyMap<string, Source>, fixes: readonly Fix[]): AppliedFixes {
  const taken = new Map<string, TextEdit[]>();
  const applied: Fix[] = [];
  for (const fix of fixes) {
    const fits = fix.edits.every((edit) => {
      const others = taken.get(edit.span.file) ?? [];
      return sources.has(edit.span.file) && others.every((other) => sameEdit(edit, other) || apart(edit, other));
    });
    if (!fits) continue;
    applied.push(fix);
    for (const edit of fix.edits) {
      const others = taken.get(edit.span.file) ?? [];
      if (!others.some((other) => sameEdit(edit, other))) others.push(edit);
      taken.set(edit.span.file, others);
    }
  }
  return { sources: editSources(sources, [...taken.values()].flat()), applied };
}

/** Returns the files that the edits change, with their new text. */
export function editSources(
  sources: ReadonlyMap<string, Source>,
  edits: readonly TextEdit[],
): ReadonlyMap<string, Source> {
  const changed = new Map<string, Source>();
  for (const [name, source] of sources) {
    const own = edits.filter(({ span }) => span.file === name);
    if (own.length > 0) changed.set(name, createSource(name, applyEdits(source.text, own)));
  }
  return changed;
}

/** True for two edits that make the same change: they do not contradict each other. */
function sameEdit(a: TextEdit, b: TextEdit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.text === b.text;
}

/** True for edits that neither overlap nor touch. Two insertions at one place have no order. */
function apart(a: TextEdit, b: TextEdit): boolean {
  return a.span.end < b.span.start || b.span.end < a.span.start;
}

/** Applies edits that stand apart. The last one goes first, so that the offsets of the others stay valid. */
function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce(
      (current, { span, text: inserted }) => current.slice(0, span.start) + inserted + current.slice(span.end),
      text,
    );
}
