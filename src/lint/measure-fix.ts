import type { Fix } from "../diagnostics/diagnostic.ts";
import { describeChanges, figureChanges, figuresOf } from "./figures.ts";
import type { NetworkContext } from "./network-context.ts";

/** Tries a fix out, and adds to its message what it does to the figures; no fix where the spec no longer compiles. */
export function measureFix(context: NetworkContext, fix: Fix): Fix | null {
  const after = context.after(fix.edits);
  if (after === null) return null;
  const changes = figureChanges(context.figures, figuresOf(after.training));
  return { ...fix, message: `${fix.message}: ${describeChanges(changes)}`, changes };
}
