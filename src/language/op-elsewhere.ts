import type { OpElsewhere } from "./language-op.ts";
import { joins } from "./joins.ts";
import { opEntries } from "./ops.ts";
import { allArguments, words } from "./vocabulary.ts";
import { foreignActivations } from "./words/activations.ts";

/** Foreign names are compared in lower case without `_`. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll("_", "");
}

const opNames: ReadonlyMap<string, string> = new Map(
  [
    ...Object.values(opEntries).flatMap(({ elsewhere }): readonly OpElsewhere[] => elsewhere),
    ...Object.values(joins),
  ].flatMap(({ names, written }) => names.map((name) => [name, written] as const)),
);

/** How mnet writes what other frameworks call `name`, or null. */
export function opElsewhere(name: string): string | null {
  return opNames.get(plain(name)) ?? null;
}

const wordNames: ReadonlyMap<string, string> = new Map(
  [...words].flatMap(([word, { elsewhere }]) => elsewhere.map((name) => [name, word] as const)),
);

/** How mnet calls an activation, norm, initialiser or kind of pool that other frameworks call `name`, or null. */
export function wordElsewhere(name: string): string | null {
  return wordNames.get(plain(name)) ?? null;
}

/** Tells whether other frameworks call a function by this name that the language lacks, so that a word near to it is another function. */
export function isForeign(name: string): boolean {
  return foreignActivations.has(plain(name));
}

const keyNames: ReadonlyMap<string, string> = new Map(
  allArguments()
    .flatMap((specs) => Object.entries(specs))
    .flatMap(([key, { elsewhere }]) => elsewhere.map((name) => [name, key] as const)),
);

/** How mnet calls an attribute or setting that other frameworks call `name`, or null. */
export function keyElsewhere(name: string): string | null {
  return keyNames.get(plain(name)) ?? null;
}
