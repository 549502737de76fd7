/**
 * The kinds of change, the most severe first. `io`: callers must change. `weights`: a checkpoint no longer loads as it is. `graph`: something
 * else is computed. `source`: something else is written.
 */
export const diffClasses = ["io", "weights", "graph", "source"] as const;
/** A kind of change. */
export type DiffClass = (typeof diffClasses)[number];
