import { foldedBatchNorms, type BatchNormFold, type ShiftFold } from "../../ir/norm-fold.ts";
import type { LinearOp } from "../../ir/op.ts";

/**
 * Returns the recipe whose weights take up what a frozen graph has as the bias of a layer: its last batch norm, or the last learned
 * shift of a layer without a bias. Null where the layer's own bias takes it, or nothing does.
 */
export function biasHolder({ folded, bias }: LinearOp): BatchNormFold | ShiftFold | null {
  const norm = foldedBatchNorms(folded).at(-1);
  if (norm !== undefined) return norm;
  const shifts = folded.filter((fold): fold is ShiftFold => "amount" in fold && fold.amount === null);
  return bias ? null : (shifts.at(-1) ?? null);
}
