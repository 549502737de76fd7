import { readFileSync } from "node:fs";
import { z } from "zod";

const rowSchema = z.strictObject({
  network: z.string(),
  /** The package and the name under which it builds the model, such as `timm/repvgg_a0`. */
  model: z.string().optional(),
  /** Arguments of the builder. */
  build: z.record(z.string(), z.unknown()).optional(),
  /** Height and width, or height, width and channels; 224 if it is left out. */
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

/** What is known of a network beside the network: the model that it equals, and that model's counts. */
export type Reference = z.infer<typeof rowSchema>;

/** Reads references.json: models of other packages as count_references.py counts them, and the packages' versions. */
export function readReferences(): z.infer<typeof schema> {
  return schema.parse(JSON.parse(readFileSync(new URL("references.json", import.meta.url), "utf8")));
}
