import type { Span } from "../text/span.ts";
import { reportAtPlace } from "./values/blame.ts";
import type { Scope } from "./environment.ts";
import type { LoweringState } from "./state.ts";

/** How many layers, branches, paths and block instances one network may have together. */
const MAX_PIECES = 50_000;

/** Counts one layer, branch, path or block instance. Returns false once the limit is passed. */
export function countPiece(state: LoweringState, scope: Scope, span: Span): boolean {
  if (state.stopped) return false;
  state.pieces += 1;
  if (state.pieces <= MAX_PIECES) return true;
  state.stopped = true;
  reportAtPlace(state, {
    code: "limit/pieces",
    span,
    scope,
    message: `The network grows past ${MAX_PIECES} layers, branches, paths and block instances here.`,
    hint: "Repeat fewer rows, or split the network.",
  });
  return false;
}
