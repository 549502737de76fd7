import { highlightRules, type HighlightKind } from "../../generated/highlighting.ts";

/** A stretch of one kind: `from` is where it begins in its line, `to` where it ends. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly kind: HighlightKind;
}

const rules = highlightRules.map(({ pattern, kinds }) => ({ expression: new RegExp(pattern, "dy"), kinds }));

/**
 * What begins at `at`, blanks before it included: the groups of the first rule that matches there, in order. Empty where the
 * line has nothing to colour at this place.
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
