import * as z from "zod";

/**
 * The recipe that folds a batch norm into the conv, depthwise or dense before it. It reads the original weights, for each
 * output channel: kernel' = kernel * gamma / sqrt(variance + eps), bias' = (bias - mean) * gamma / sqrt(variance + eps) + beta.
 * `path` names the norm's weights: `<path>/gamma`, `/beta`, `/mean`, `/variance`.
 */
export const normFoldSchema = z.strictObject({
  path: z.string(),
  eps: z.number().positive(),
  scale: z.boolean(),
  center: z.boolean(),
});
export type NormFold = z.infer<typeof normFoldSchema>;
