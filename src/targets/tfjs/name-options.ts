import { claimIdentifier } from "../escape.ts";
import { camelCase } from "./camel-case.ts";
import type { OptionPlan } from "./module-plan.ts";
import type { Value } from "./value.ts";

/** An option before it has its name. */
export interface Draft {
  /** The line it first matters to: options stand in the order of the lines. */
  readonly slot: number;
  /** Names from the shortest to the most exact; the first that no other option wants is taken. */
  readonly words: readonly string[];
  /** What each instance sets it to. */
  readonly values: readonly (Value | undefined)[];
  readonly fallback: Value | null;
}

/** Names inside functions: no helper is called so, but what one calls its values is its own affair. */
export const localNames = ["x", "input", "name", "inputs"];

export function nameOptions(drafts: readonly Draft[], taken: ReadonlySet<string>): ReadonlyMap<Draft, OptionPlan> {
  const wanted = new Map<string, number>();
  for (const { words } of drafts) for (const word of new Set(words)) wanted.set(word, (wanted.get(word) ?? 0) + 1);
  const names = new Set([...taken, ...localNames]);
  const ordered = [...drafts].sort((a, b) => a.slot - b.slot);
  return new Map(
    ordered.map((draft) => {
      const word = draft.words.find((each) => wanted.get(each) === 1 && !names.has(each)) ?? draft.words.at(-1) ?? "";
      const name = claimIdentifier(word, "option", names);
      return [draft, { name, values: draft.values, fallback: draft.fallback }];
    }),
  );
}

/** What a setting is called among a helper's options: tf.js's own word, but where two layers mean different things by it. */
export function settingWord(target: string, name: string): string {
  if (target === "layer:activation") return "act";
  if (target === "layer:zeroPadding2d") return "pad";
  return camelCase(name);
}

/** `filters`, `projectFilters`, `shortcutProjectFilters`. */
export function slotWords(path: string, word: string): readonly string[] {
  const { label, place } = labelsOf(path);
  return [word, camelCase(`${label}_${word}`), camelCase(`${place}_${label}_${word}`)];
}

/** A part goes by its place, if all of its lines stand in one, else by its first line. */
export function partWords(paths: readonly string[]): readonly string[] {
  const places = new Set(paths.map((path) => labelsOf(path).place));
  const { label, place } = labelsOf(paths[0] ?? "");
  const word = paths.length > 1 && places.size === 1 && place !== "" ? place : label;
  return [word, `${word}Options`, camelCase(`${place}_${label}`), camelCase(`${place}_${label}_options`)].map(
    camelCase,
  );
}

/** Name for a new value of a body: a path of a branch by its label, if it has one, else the line's own. */
export function valueWord(path: string): string {
  const { label, place } = labelsOf(path);
  return camelCase(place === "" ? label : place);
}

/** Last part of a path, and the one before where a person named it. */
function labelsOf(path: string): { readonly label: string; readonly place: string } {
  const [label = "", place = ""] = path.split("/").reverse();
  return { label, place: /^(?:path|branch)\d+$/.test(place) ? "" : place };
}
