import * as z from "zod";

/**
 * The recipe that folds a batch norm into the conv, depthwise or dense before it. It reads the original weights, for each
 * output channel: kernel' = kernel * gamma / sqrt(variance + eps), bias' = (bias - mean) * gamma / sqrt(variance + eps) + beta.
 * `path` names the norm's weights: `<path>/gamma`, `/beta`, `/mean`, `/variance`.
 */
const batchNormFoldSchema = z.strictObject({
  path: z.string(),
  eps: z.number().positive(),
  scale: z.boolean(),
  center: z.boolean(),
});

/** A scale folded in the same way: kernel' = kernel * s, bias' = bias * s. `factor` is null where s is `<path>/gamma`. */
const scaleFoldSchema = z.strictObject({ path: z.string(), factor: z.number().nullable() });

/** A shift folded in the same way: bias' = bias + t. `amount` is null where t is `<path>/beta`. */
const shiftFoldSchema = z.strictObject({ path: z.string(), amount: z.number().nullable() });

export const normFoldSchema = z.union([batchNormFoldSchema, scaleFoldSchema, shiftFoldSchema]);
export type BatchNormFold = z.infer<typeof batchNormFoldSchema>;
export type ScaleFold = z.infer<typeof scaleFoldSchema>;
export type ShiftFold = z.infer<typeof shiftFoldSchema>;
export type NormFold = z.infer<typeof normFoldSchema>;

/** Returns the folded batch norms of a list of recipes. */
export function foldedBatchNorms(folds: readonly NormFold[]): readonly BatchNormFold[] {
  return folds.filter((fold): fold is BatchNormFold => "eps" in fold);
}

/** Tells whether a recipe reads no weights. */
export function isConstantFold(fold: NormFold): boolean {
  return ("factor" in fold && fold.factor !== null) || ("amount" in fold && fold.amount !== null);
}
