import { highlightRules, type HighlightKind } from "../../generated/highlighting.ts";

/** A stretch of a line with one kind of text, from offset `from` to offset `to`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly kind: HighlightKind;
}

const rules = highlightRules.map(({ pattern, kinds }) => ({ expression: new RegExp(pattern, "dy"), kinds }));

/**
 * Returns the stretches at `at`, blanks before them included: the groups of the first rule that matches there, in order. The result is
 * empty if there is nothing to colour.
 */
export function scanAt(line: string, at: number): readonly Stretch[] {
  for (const { expression, kinds } of rules) {
    expression.lastIndex = at;
    const match = expression.exec(line);
    if (match === null) continue;
    if (typeof kinds === "string") return [{ from: at, to: expression.lastIndex, kind: kinds }];
    return kinds.flatMap((kind, index): readonly Stretch[] => {
      const place = match.indices?.[index + 1];
      return place === undefined ? [] : [{ from: place[0], to: place[1], kind }];
    });
  }
  return [];
}
