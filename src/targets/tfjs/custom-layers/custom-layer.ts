import type { SupportName } from "./support.ts";

/** A layer class that tf.js lacks, as annotated source that goes into the modules that use it. */
export interface CustomLayer {
  readonly needs: readonly SupportName[];
  readonly source: string;
}
