import type { VariantFigures } from "./measure-variant.ts";

/** One variant of a sweep: what was set, what it costs, and why it fails where it does. */
export interface SweepRow {
  /** Its number among all variants of the sweep, from 0; the same in every shard. */
  readonly index: number;
  /** The swept params' values. */
  readonly set: Readonly<Record<string, number | boolean | string>>;
  /** Null where the variant does not compile; one that only breaks an `assert` has its figures. */
  readonly figures: VariantFigures | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}
