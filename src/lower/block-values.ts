import type { BlockDeclaration, InputDeclaration, OutputDeclaration } from "../syntax/ast.ts";
import { earlierValue } from "./earlier-value.ts";
import type { Scope } from "./environment.ts";
import { bindPath, claimPath, joinPath } from "./paths.ts";
import type { LoweringState } from "./state.ts";
import { unknownFlow } from "./values/scope.ts";

/** Returns the names of a block's inputs, in order; none for a block that only reads the value before it. */
export function blockInputs({ body }: BlockDeclaration): readonly string[] {
  return body.filter((statement) => statement.kind === "input").map(({ name }) => name.text);
}

/** Gives a value that enters a block the name of the input. */
export function bindBlockInput(state: LoweringState, scope: Scope, { name }: InputDeclaration): void {
  const trace = state.trace.blocks[scope.block ?? -1];
  const index = trace === undefined ? -1 : blockInputs(trace.block.declaration).indexOf(name.text);
  const path = joinPath(scope.path, name.text);
  if (name.text === "" || !claimPath(state, scope, path, name.span)) return;
  bindPath(state, scope, name.text, path, scope.entering[index] ?? unknownFlow());
}

/** Gives the values that a block hands out their names: paths directly below the block's own. */
export function bindBlockOutputs(state: LoweringState, scope: Scope, outputs: readonly OutputDeclaration[]): void {
  for (const { name, path: reference } of outputs) {
    if (name.text === "") continue;
    const flow = earlierValue(state, scope, reference);
    const path = joinPath(scope.path, name.text);
    if (claimPath(state, scope, path, name.span)) bindPath(state, scope, name.text, path, flow ?? unknownFlow());
  }
}
