import { readFileSync } from "node:fs";
import { z } from "zod";

const rowSchema = z.strictObject({
  network: z.string(),
  /** The package and its name for the model, such as `timm/repvgg_a0`. */
  model: z.string().optional(),
  /** Arguments of the builder. */
  build: z.record(z.string(), z.unknown()).optional(),
  /** Height and width, or height, width and channels. The default is 224 x 224. */
  size: z.union([z.number(), z.array(z.number())]).optional(),
  params: z.number().optional(),
  macs: z.number().optional(),
  /** Height and width at which outputs are compared, if they are not 64. */
  smallest: z.number().optional(),
  /**
   * The largest difference of the outputs from the model's, relative to the largest output, with the model's random weights imported:
   * what compare_outputs.py found.
   */
  outputs: z.number().optional(),
  /** Why the counts differ, or why there are none. */
  why: z.string().optional(),
});

const schema = z.strictObject({ versions: z.record(z.string(), z.string()), rows: z.array(rowSchema) });

/** The reference of a network: the same model in another package, and the counts of that model. */
export type Reference = z.infer<typeof rowSchema>;

/**
 * Reads references.json, which contains models of other packages with the counts of count_references.py, and the
 * versions of the packages.
 */
export function readReferences(): z.infer<typeof schema> {
  return schema.parse(JSON.parse(readFileSync(new URL("references.json", import.meta.url), "utf8")));
}
