import type { GraphAssert, GraphOutput } from "../ir/graph.ts";
import type { PathReference } from "../syntax/ast.ts";
import { didYouMean } from "../syntax/did-you-mean.ts";
import type { Flow } from "./scope.ts";
import { reportError, type LoweringState } from "./state.ts";

/** Outputs and shape asserts, now that every path is known. */
export function resolveDeferred(state: LoweringState): {
  outputs: readonly GraphOutput[];
  asserts: readonly GraphAssert[];
} {
  const outputs: GraphOutput[] = [];
  const asserts: GraphAssert[] = [];
  const names = new Map<string, GraphOutput>();
  for (const deferred of state.deferred) {
    if (deferred.kind === "output") {
      const { name, path } = deferred.declaration;
      const flow = resolvePath(state, path);
      if (name.text === "output" || names.has(name.text)) {
        reportError(
          state,
          "name/duplicate",
          name.span,
          name.text === "output"
            ? '"output" is the name of the last value.'
            : `There is an output "${name.text}" already.`,
          { hint: "Choose another name." },
        );
      } else if (flow !== null) {
        const output = { name: name.text, path: pathText(path), node: flow.node, block: flow.block };
        names.set(name.text, output);
        outputs.push(output);
      }
      continue;
    }
    const { declaration, operator, bound } = deferred;
    if (declaration.subject.kind !== "shape") continue;
    const flow = resolvePath(state, declaration.subject.path);
    if (flow === null) continue;
    asserts.push({
      subject: "shape",
      path: pathText(declaration.subject.path),
      node: flow.node,
      block: flow.block,
      operator,
      bound,
      why: declaration.why,
      span: declaration.span,
    });
  }
  return { outputs, asserts };
}

function pathText(path: PathReference): string {
  return path.parts.map((part) => part.text).join("/");
}

function resolvePath(state: LoweringState, path: PathReference): Flow | null {
  const text = pathText(path);
  const found = state.paths.get(text);
  if (found !== undefined) return found.flow;
  // After an error the path may only be missing because of it.
  if (state.diagnostics.some((diagnostic) => diagnostic.severity === "error")) return null;
  const near = didYouMean(text, [...state.paths.keys()]);
  reportError(state, "name/unknown-path", path.span, `There is no layer, branch or block "${text}".`, {
    hint: near === null ? 'Write its labels joined by "/", as "mnet summary" shows them.' : `Did you mean "${near}"?`,
  });
  return null;
}
