import { nodeAt } from "../ir/graph.ts";
import { channelsOf } from "../ir/shape.ts";
import { isVector } from "./network-roles.ts";
import type { NetworkContext } from "./network-context.ts";

const classParams = ["classes", "num_classes", "n_classes", "class_count"];

/** The number of classes that a spec states: the number of labels, or else the value of a param such as `classes`. */
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

/** Returns the number of values of the only output if it is a vector; null for a map, and for a network with several outputs. */
export function outputClasses({ graph, index }: NetworkContext): number | null {
  const [last, ...others] = graph.outputs;
  if (others.length > 0) return null;
  const node = last === undefined ? null : nodeAt(index, last.node);
  return node !== null && isVector(node) ? channelsOf(node.shape) : null;
}

/** True if the only output is a vector and the network has labels, a number of classes or a family. */
export function isClassifier(context: NetworkContext): boolean {
  return outputClasses(context) !== null && (statedClasses(context) !== null || context.graph.family !== null);
}
