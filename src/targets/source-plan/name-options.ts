import { claimIdentifier } from "../escape.ts";
import type { OptionPlan } from "./module-plan.ts";
import type { SourceLanguage } from "./source-language.ts";
import type { Value } from "./value.ts";

/** An option that has no name yet. */
export interface Draft {
  /** The first line that reads it. Options are ordered by these lines. */
  readonly slot: number;
  /**
   * Possible identifiers, from the shortest to the most exact. The option gets the first one that no other option can
   * use.
   */
  readonly words: readonly string[];
  /** The value that each instance gives. */
  readonly values: readonly (Value | undefined)[];
  readonly fallback: Value | null;
}

/** Gives every option a unique name that is not in `taken`. Options keep the order of the lines. */
export function nameOptions<L extends string>(
  drafts: readonly Draft[],
  taken: ReadonlySet<string>,
  { reserved }: SourceLanguage<L>,
): ReadonlyMap<Draft, OptionPlan> {
  const wanted = new Map<string, number>();
  for (const { words } of drafts) for (const word of new Set(words)) wanted.set(word, (wanted.get(word) ?? 0) + 1);
  const names = new Set(taken);
  const ordered = [...drafts].sort((a, b) => a.slot - b.slot);
  return new Map(
    ordered.map((draft) => {
      const word = draft.words.find((each) => wanted.get(each) === 1 && !names.has(each)) ?? draft.words.at(-1) ?? "";
      const name = claimIdentifier(word, "option", names, reserved);
      return [draft, { name, values: draft.values, fallback: draft.fallback }];
    }),
  );
}
