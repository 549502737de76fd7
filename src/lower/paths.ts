import type { Span } from "../text/span.ts";
import { reportAtPlace } from "./values/blame.ts";
import type { Flow, Scope } from "./environment.ts";
import type { LoweringState } from "./state.ts";
import type { Name, PathReference } from "../syntax/ast.ts";

/** Joins a part to the path around it. The network's own path is empty. */
export function joinPath(prefix: string, part: string): string {
  return prefix === "" ? part : `${prefix}/${part}`;
}

/** Returns a path as it is written: its parts joined by slashes. */
export function pathText({ parts }: PathReference): string {
  return parts.map((part) => part.text).join("/");
}

/** Returns the label, if there is one. Otherwise returns the name with a number, which counts the parts of that name without a label in this scope. */
export function partName(scope: Scope, label: Name | null, name: string): string {
  return label?.text ?? `${name}${nextNumber(scope, name)}`;
}

/** Returns the next number of a key in this scope. The first is 1. */
export function nextNumber(scope: Scope, key: string): number {
  const number = (scope.counters.get(key) ?? 0) + 1;
  scope.counters.set(key, number);
  return number;
}

/** Takes a path for a layer, branch or block. Reports an error that names the earlier place and returns false if the path is taken. */
export function claimPath(state: LoweringState, scope: Scope, path: string, span: Span): boolean {
  const earlier = state.paths.get(path);
  if (earlier === undefined) {
    state.paths.set(path, { span, flow: null });
    return true;
  }
  reportAtPlace(state, {
    code: "name/duplicate-path",
    span,
    scope,
    message: `The path "${path}" is taken.`,
    hint: "Give one of them another label.",
    related: [{ message: "the first one", span: earlier.span }],
  });
  return false;
}

/** Records the value that a path and its label stand for. */
export function bindPath(state: LoweringState, scope: Scope, part: string, path: string, flow: Flow): void {
  const claimed = state.paths.get(path);
  if (claimed !== undefined) claimed.flow = flow;
  scope.labels.set(part, flow);
}
