import type { NodeId } from "../../../ir/graph.ts";
import type { Schedule } from "./schedule.ts";

/** Returns the nodes whose values a program stores in 16 bits; null for a program in float32, which stores weights in float32 as well. */
export function halfValues({ values, precision }: Schedule): ReadonlySet<NodeId> | null {
  if (precision === "f32") return null;
  return new Set(values.flatMap(({ node, type }) => (node !== null && type === "f16" ? [node] : [])));
}
