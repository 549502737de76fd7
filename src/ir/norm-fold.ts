import * as z from "zod";

/**
 * A batch norm folded into the conv, depthwise or dense before it, as a recipe over the original weights:
 * kernel' = kernel * gamma / sqrt(variance + eps), bias' = (bias - mean) * gamma / sqrt(variance + eps) + beta,
 * per output channel. `path` names the norm's weights: `<path>/gamma`, `/beta`, `/mean`, `/variance`.
 */
export const normFoldSchema = z.strictObject({
  path: z.string(),
  eps: z.number().positive(),
  scale: z.boolean(),
  center: z.boolean(),
});
export type NormFold = z.infer<typeof normFoldSchema>;
