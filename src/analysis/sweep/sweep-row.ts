import type { VariantFigures } from "./measure-variant.ts";

/** One variant of a sweep: its values, its cost, and the reason if it fails. */
export interface SweepRow {
  /** Its number among all variants of the sweep, from 0; the same in every shard. */
  readonly index: number;
  /** The swept params' values. */
  readonly set: Readonly<Record<string, number | boolean | string>>;
  /** Null if the variant does not compile. A variant that only breaks an `assert` has figures. */
  readonly figures: VariantFigures | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}
