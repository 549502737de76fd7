import { error, type Diagnostic } from "../../../diagnostics/diagnostic.ts";
import type { ShapedGraph } from "../../../ir/graph.ts";
import { grouped } from "../../../text/grouped.ts";

/** Upper bounds on a plan. A build that exceeds one fails. */
export interface PlanBudget {
  readonly maxDispatches?: number;
  /** Bytes of activations. */
  readonly maxMemory?: number;
}

/** Returns an error on the network for each part of the budget that a plan exceeds. */
export function checkBudget(
  graph: ShapedGraph,
  dispatches: number,
  activationBytes: number,
  { maxDispatches = Infinity, maxMemory = Infinity }: PlanBudget,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  if (dispatches > maxDispatches) {
    found.push(
      error(
        "webgpu/too-many-dispatches",
        graph.span,
        `"${graph.name}" takes ${dispatches} dispatches, and the budget is ${maxDispatches}.`,
        { hint: "Run mnet plan to see which layers are not fused and why, or raise --max-dispatches." },
      ),
    );
  }
  if (activationBytes > maxMemory) {
    found.push(
      error(
        "webgpu/too-much-memory",
        graph.span,
        `"${graph.name}" takes ${grouped(activationBytes)} bytes of activations, and the budget is ${grouped(maxMemory)}.`,
        { hint: "Make the widest maps smaller, or raise --max-memory." },
      ),
    );
  }
  return found;
}
