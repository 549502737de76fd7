import type { ArgumentKind, ArgumentSpecs, Word, Words } from "./argument.ts";
import { opEntries, type LanguageOp } from "./ops.ts";
import { auto } from "./words/auto.ts";
import { paddings } from "./words/paddings.ts";
import { residualModes } from "./words/residual-modes.ts";

/** The words that arguments of a kind take, by name. */
export function wordsOf(kind: ArgumentKind): Words {
  switch (kind.kind) {
    case "word":
    case "call":
      return kind.words;
    case "padding":
      return paddings;
    case "bias":
      return { auto };
    case "whole":
    case "number":
    case "boolean":
    case "pair":
    case "margins":
    case "ends":
    case "extents":
    case "per-channel":
      return {};
  }
}

/** The words that arguments of a kind take, as they are listed to people; null for a kind of values alone. */
export function wordsTaken(kind: ArgumentKind): readonly string[] | null {
  switch (kind.kind) {
    case "boolean":
      return ["true", "false"];
    case "bias":
      return ["true", "false", ...Object.keys(wordsOf(kind))];
    case "padding":
    case "word":
    case "call":
      return Object.entries(wordsOf(kind)).map(([name, { settings }]) =>
        Object.values(settings).some(({ presence }) => presence === "required") ? `${name}(…)` : name,
      );
    case "whole":
    case "number":
    case "pair":
    case "margins":
    case "ends":
    case "extents":
    case "per-channel":
      return null;
  }
}

/** All positional and named arguments of every op, and the settings of every word. */
export function allArguments(): readonly ArgumentSpecs[] {
  const ofOps = Object.values<(typeof opEntries)[LanguageOp]>(opEntries).flatMap((entry): readonly ArgumentSpecs[] => [
    entry.positional,
    entry.attributes,
  ]);
  return [...ofOps, ...[...words.values()].map(({ settings }) => settings)];
}

/** Every word that an argument of an op, a setting or a residual takes, by name. */
export const words: ReadonlyMap<string, Word> = collectWords();

function collectWords(): ReadonlyMap<string, Word> {
  const found = new Map<string, Word>(Object.entries(residualModes));
  const add = (specs: ArgumentSpecs): void => {
    for (const { kind } of Object.values(specs)) {
      for (const [name, word] of Object.entries(wordsOf(kind))) {
        if (found.has(name)) continue;
        found.set(name, word);
        add(word.settings);
      }
    }
  };
  for (const { positional, attributes } of Object.values(opEntries)) {
    add(positional);
    add(attributes);
  }
  return found;
}
