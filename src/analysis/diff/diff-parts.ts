/** The parts of a difference between networks. A door of this folder. */
export type { CountDelta, CountsDiff } from "./diff-counts.ts";
export { isDerived } from "./diff-graph.ts";
export type { AttributeChange, AttributeValue, BlockChange, GraphDiff, NodePlace } from "./diff-graph.ts";
export type { IoChange } from "./diff-io.ts";
export type { SourceChange, SourceLineChange } from "./diff-source.ts";
export type { WeightChange, WeightsDiff } from "./diff-weights.ts";
