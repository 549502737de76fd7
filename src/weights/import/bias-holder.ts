import { foldedBatchNorms, type BatchNormFold, type ShiftFold } from "../../ir/norm-fold.ts";
import type { LinearOp } from "../../ir/op.ts";

/**
 * Returns the recipe that stores the bias which a layer has in a frozen graph: the layer's last batch norm, or the
 * last learned shift of a layer without a bias. Returns null if the layer's own bias stores it, or if nothing can.
 */
export function biasHolder({ folded, bias }: LinearOp): BatchNormFold | ShiftFold | null {
  const norm = foldedBatchNorms(folded).at(-1);
  if (norm !== undefined) return norm;
  const shifts = folded.filter((fold): fold is ShiftFold => "amount" in fold && fold.amount === null);
  return bias ? null : (shifts.at(-1) ?? null);
}
