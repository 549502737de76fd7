import * as z from "zod";

/**
 * The distribution of a weight before training. For a truncated normal, `stddev` is the standard deviation before the
 * truncation at two standard deviations.
 */
export const initializerSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("zeros") }),
  z.strictObject({ kind: z.literal("ones") }),
  z.strictObject({ kind: z.literal("constant"), value: z.number() }),
  z.strictObject({ kind: z.literal("normal"), stddev: z.number().min(0) }),
  z.strictObject({ kind: z.literal("truncated_normal"), stddev: z.number().min(0) }),
  z.strictObject({ kind: z.literal("he_normal") }),
  z.strictObject({ kind: z.literal("he_uniform") }),
  z.strictObject({ kind: z.literal("glorot_normal") }),
  z.strictObject({ kind: z.literal("glorot_uniform") }),
]);
export type Initializer = z.infer<typeof initializerSchema>;

export const ZEROS: Initializer = { kind: "zeros" };
export const ONES: Initializer = { kind: "ones" };

/** Returns the initialiser as a spec writes it: `he_normal`, `constant(0.1)`. */
export function formatInitializer(init: Initializer): string {
  switch (init.kind) {
    case "constant":
      return `constant(${init.value})`;
    case "normal":
    case "truncated_normal":
      return `${init.kind}(${init.stddev})`;
    default:
      return init.kind;
  }
}
