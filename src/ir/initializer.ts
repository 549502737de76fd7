import * as z from "zod";

/** How a weight starts. `stddev` of a truncated normal is that of the normal before it is cut at two standard deviations. */
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

/** The initialiser as a spec writes it: `he_normal`, `constant(0.1)`. */
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
