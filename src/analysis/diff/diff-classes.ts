/**
 * The kinds of change, the most severe first. `io`: callers must change. `weights`: a checkpoint no longer loads
 * unchanged. `graph`: the network computes something else. `source`: only the text changed.
 */
export const diffClasses = ["io", "weights", "graph", "source"] as const;
/** A kind of change. */
export type DiffClass = (typeof diffClasses)[number];
