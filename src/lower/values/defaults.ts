import type { Argument, Defaults } from "../environment.ts";

export function innerDefaults(outer: Defaults | null): Defaults {
  return { own: new Map(), outer };
}

export function lookupDefault(defaults: Defaults, op: string, key: string): Argument | null {
  for (let at: Defaults | null = defaults; at !== null; at = at.outer) {
    const argument = at.own.get(op)?.get(key);
    if (argument !== undefined) return argument;
  }
  return null;
}

export function setDefault(defaults: Defaults, op: string, key: string, argument: Argument): void {
  const attributes = defaults.own.get(op) ?? new Map<string, Argument>();
  attributes.set(key, argument);
  defaults.own.set(op, attributes);
}
