import * as z from "zod";
import { normFoldSchema } from "./norm-fold.ts";
import { pairSchema } from "./window.ts";

/**
 * One of the parallel branches whose sum a merged conv computes, as a recipe over the original weights. Each branch reads the merged
 * conv's input and is linear: a conv, a depthwise conv, an average of the window, or the value itself (`identity`, a 1x1 kernel of
 * ones), and then the norms folded into it. The merged kernel is the sum of the branches' kernels, each laid at `at`; the merged bias is
 * the sum of their biases.
 */
export const mergedBranchSchema = z.strictObject({
  kind: z.enum(["conv", "depthwise", "average", "identity"]),
  /** Names a conv's weights: `<path>/kernel`, `<path>/bias`. */
  path: z.string(),
  kernel: pairSchema,
  /** Groups of input channels; one a channel for all kinds but `conv`. */
  groups: z.int().min(1),
  bias: z.boolean(),
  folded: z.array(normFoldSchema).readonly(),
  /** Row and column of the merged kernel on which the branch's first tap lies. */
  at: z.tuple([z.int().min(0), z.int().min(0)]).readonly(),
});
export type MergedBranch = z.infer<typeof mergedBranchSchema>;
