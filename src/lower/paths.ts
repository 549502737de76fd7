import type { Span } from "../text/span.ts";
import { reportAtPlace } from "./values/blame.ts";
import type { Flow, Scope } from "./environment.ts";
import type { LoweringState } from "./state.ts";
import type { Name } from "../syntax/ast.ts";

export function joinPath(prefix: string, part: string): string {
  return prefix === "" ? part : `${prefix}/${part}`;
}

/** Returns the label; without one the name with its number, counted in this scope among those without a label. */
export function partName(scope: Scope, label: Name | null, name: string): string {
  return label?.text ?? `${name}${nextNumber(scope, name)}`;
}

/** Counts on, from 1. */
export function nextNumber(scope: Scope, key: string): number {
  const number = (scope.counters.get(key) ?? 0) + 1;
  scope.counters.set(key, number);
  return number;
}

/** Claims a path; a second claim is an error that names the first. */
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

/** Notes what a path and its label stand for. */
export function bindPath(state: LoweringState, scope: Scope, part: string, path: string, flow: Flow): void {
  const claimed = state.paths.get(path);
  if (claimed !== undefined) claimed.flow = flow;
  scope.labels.set(part, flow);
}
