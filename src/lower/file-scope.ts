import { declareLet } from "./values/declare.ts";
import type { ProgramFile } from "../program/program.ts";
import type { Scope } from "./environment.ts";
import { newScope } from "./values/scope.ts";
import type { LoweringState } from "./state.ts";

const scopes = new WeakMap<LoweringState, Map<ProgramFile, Scope>>();

/** Returns the scope of a file with its lets. They are evaluated once for each network. */
export function fileScope(state: LoweringState, file: ProgramFile): Scope {
  const known = scopes.get(state) ?? new Map<ProgramFile, Scope>();
  scopes.set(state, known);
  const made = known.get(file);
  if (made !== undefined) return made;
  const scope = newScope("file", { file, parent: null });
  known.set(file, scope);
  for (const item of file.ast.items) {
    if (item.kind === "let") declareLet(state, scope, item);
  }
  return scope;
}
