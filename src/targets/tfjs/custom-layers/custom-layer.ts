import type { SupportName } from "./support.ts";

/** A layer class that tf.js lacks, as annotated source. Each module that uses the class includes this source. */
export interface CustomLayer {
  readonly needs: readonly SupportName[];
  readonly source: string;
}
