import type { Fix } from "../diagnostics/diagnostic.ts";
import { describeChanges, figureChanges, figuresOf } from "./figures.ts";
import type { NetworkContext } from "./network-context.ts";

/** Tries a fix and adds to its message how it changes the figures. Returns null if the spec no longer compiles. */
export function measureFix(context: NetworkContext, fix: Fix): Fix | null {
  const after = context.after(fix.edits);
  if (after === null) return null;
  const changes = figureChanges(context.figures, figuresOf(after.training));
  return { ...fix, message: `${fix.message}: ${describeChanges(changes)}`, changes };
}
