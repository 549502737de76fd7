import { functionNames } from "../language/functions.ts";
import { symbolNames } from "../language/symbols.ts";
import type { ProgramFile } from "../program/program.ts";
import type { Definition } from "./definition.ts";
import { defineLet } from "./define.ts";
import type { Meaning } from "./occurrence.ts";

/** Values that a body can name. `own` grows while the body is read; a body's own name hides the file's. */
export interface ValueScope {
  readonly own: Map<string, Definition>;
  readonly file: ReadonlyMap<string, Definition>;
}

/** Returns the values that a file declares outside its networks and blocks. */
export function fileValues({ ast }: ProgramFile): ReadonlyMap<string, Definition> {
  const values = new Map<string, Definition>();
  for (const item of ast.items) if (item.kind === "let") values.set(item.name.text, defineLet(item));
  return values;
}

/** Returns the definition that a name has in a scope; null where the scope declares no such name. */
export function lookup({ own, file }: ValueScope, name: string): Definition | null {
  return own.get(name) ?? file.get(name) ?? null;
}

/** Returns the names that a scope declares, the file's first. */
export function namesIn({ own, file }: ValueScope): readonly string[] {
  return [...file.keys(), ...own.keys()];
}

/** Returns what a name of an expression stands for: a value of the scope, a function or a symbol of the language, or nothing. */
export function valueMeaning(scope: ValueScope, name: string): Meaning | null {
  const definition = lookup(scope, name);
  if (definition !== null) return { kind: "definition", definition };
  if (functionNames.has(name)) return { kind: "builtin", name };
  return symbolNames.has(name) ? { kind: "symbol", name } : null;
}
