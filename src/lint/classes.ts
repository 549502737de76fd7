import { nodeAt } from "../ir/graph.ts";
import { channelsOf } from "../ir/shape.ts";
import { isVector } from "./network-roles.ts";
import type { NetworkContext } from "./network-context.ts";

const classParams = ["classes", "num_classes", "n_classes", "class_count"];

/** How many classes a network is said to have: by its labels, or else by a param of that name. */
export interface StatedClasses {
  readonly count: number;
  readonly by: "labels" | "param";
  /** `"classes"`, for messages. */
  readonly name: string;
}

export function statedClasses({ graph }: NetworkContext): StatedClasses | null {
  if (graph.labels !== null) return { count: graph.labels.length, by: "labels", name: "labels" };
  for (const name of classParams) {
    const value = graph.params[name];
    if (typeof value === "number") return { count: value, by: "param", name };
  }
  return null;
}

/** Values of the last output where it is a vector; null for a map. */
export function outputClasses({ graph, index }: NetworkContext): number | null {
  const last = graph.outputs.at(-1);
  const node = last === undefined ? null : nodeAt(index, last.node);
  return node !== null && isVector(node) ? channelsOf(node.shape) : null;
}

/** True for what tells pictures apart: it has labels, a number of classes, or comes from a family of classifiers. */
export function isClassifier(context: NetworkContext): boolean {
  return outputClasses(context) !== null && (statedClasses(context) !== null || context.graph.family !== null);
}
