import { words } from "./vocabulary.ts";

/** Names that stand for themselves; no value may be called by one of them. */
export const symbolNames: ReadonlySet<string> = new Set(words.keys());

/** Symbols that take settings in parentheses: `batch(eps=1e-3)`, `normal(0.01)`. */
export const symbolsWithSettings: ReadonlySet<string> = new Set(
  [...words].filter(([, { settings }]) => Object.keys(settings).length > 0).map(([name]) => name),
);
