import { rewriteFix } from "../diagnostics/rewrite-fix.ts";
import type { GraphAssert, GraphOutput } from "../ir/graph.ts";
import type { PathReference } from "../syntax/ast.ts";
import { didYouMean } from "../text/did-you-mean.ts";
import type { Span } from "../text/span.ts";
import type { Flow } from "./environment.ts";
import { pathText } from "./paths.ts";
import { reportError, type LoweringState } from "./state.ts";

/** Resolves the outputs and the asserts of shapes. It runs after the layers, when every path is known. */
export function resolveDeferred(state: LoweringState): {
  outputs: readonly GraphOutput[];
  asserts: readonly GraphAssert[];
} {
  const outputs: GraphOutput[] = [];
  const asserts: GraphAssert[] = [];
  const names = new Map<string, Span>();
  // An error in the layers may be the reason that a path is missing.
  const silent = state.diagnostics.some((diagnostic) => diagnostic.severity === "error");
  for (const deferred of state.deferred) {
    if (deferred.kind === "output") {
      const { name, path } = deferred.declaration;
      const flow = resolvePath(state, path, silent);
      const earlier = names.get(name.text);
      if (name.text === "output" || earlier !== undefined) {
        reportError(
          state,
          "name/duplicate",
          name.span,
          name.text === "output"
            ? '"output" is the name of the last value.'
            : `There is an output "${name.text}" already.`,
          {
            hint: "Choose another name.",
            related: earlier === undefined ? [] : [{ message: "the first one", span: earlier }],
          },
        );
        continue;
      }
      names.set(name.text, name.span);
      if (flow !== null) outputs.push({ name: name.text, path: pathText(path), node: flow.node, block: flow.block });
      continue;
    }
    const { declaration, operator, bound } = deferred;
    if (declaration.subject.kind !== "shape") continue;
    const flow = resolvePath(state, declaration.subject.path, silent);
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

function resolvePath(state: LoweringState, path: PathReference, silent: boolean): Flow | null {
  const text = pathText(path);
  const found = state.paths.get(text);
  if (found !== undefined) return found.flow;
  if (silent) return null;
  const near = didYouMean(text, [...state.paths.keys()]);
  reportError(state, "name/unknown-path", path.span, `There is no layer, branch or block "${text}".`, {
    hint: near === null ? 'Write its labels joined by "/", as "mnet summary" shows them.' : `Did you mean "${near}"?`,
    ...rewriteFix(path.span, near),
  });
  return null;
}
