import type { NodeId } from "../../../ir/graph.ts";
import type { Schedule } from "./schedule.ts";

/** The nodes whose values a program stores in 16 bits; null for one in float32, whose weights are so, too. */
export function halfValues({ values, precision }: Schedule): ReadonlySet<NodeId> | null {
  if (precision === "f32") return null;
  return new Set(values.flatMap(({ node, type }) => (node !== null && type === "f16" ? [node] : [])));
}
