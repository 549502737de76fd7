import { isCount, isObject, show, type JsonObject } from "./json-value.ts";
import { quote } from "./file-problem.ts";
import { refuseFile } from "./refusal.ts";

/** An input of a node: an output of another node, by its number. */
export interface TfInput {
  readonly node: string;
  readonly output: number;
}

/** A node of a TensorFlow graph. */
export interface TfNode {
  readonly name: string;
  readonly op: string;
  /** Control inputs are left out, because they only order side effects. */
  readonly inputs: readonly TfInput[];
  readonly attributes: JsonObject;
}

/** Reads the nodes of a graph model's `modelTopology`, each after the nodes that it reads. */
export function readTfGraph(topology: unknown): readonly TfNode[] {
  const list = isObject(topology) ? topology["node"] : undefined;
  if (!Array.isArray(list)) refuseFile("weights/file-header", `a list as "modelTopology.node"`, show(list));
  const nodes = new Map<string, TfNode>();
  for (const item of list as readonly unknown[]) {
    const node = readNode(item);
    if (nodes.has(node.name)) refuseFile("weights/file-header", "each node once", `${quote(node.name)} twice`);
    nodes.set(node.name, node);
  }
  for (const { name, inputs } of nodes.values()) {
    const missing = inputs.find((input) => !nodes.has(input.node));
    if (missing !== undefined) {
      refuseFile("weights/file-header", `a node ${quote(missing.node)}, which ${quote(name)} reads`, "none");
    }
  }
  return inOrder(nodes);
}

function readNode(item: unknown): TfNode {
  if (!isObject(item)) refuseFile("weights/file-header", "an object as a node", show(item));
  const { name, op, input = [], attr = {} } = item;
  if (typeof name !== "string") refuseFile("weights/file-header", "a name for each node", show(name));
  const at = `of node ${quote(name)}`;
  if (typeof op !== "string") refuseFile("weights/file-header", `a word as "op" ${at}`, show(op));
  if (!Array.isArray(input) || !input.every((from) => typeof from === "string")) {
    refuseFile("weights/file-header", `a list of names as "input" ${at}`, show(input));
  }
  if (!isObject(attr)) refuseFile("weights/file-header", `an object as "attr" ${at}`, show(attr));
  const inputs = (input as readonly string[]).filter((from) => !from.startsWith("^")).map(readInput);
  return { name, op, inputs, attributes: attr };
}

/** `name` and `name:0` refer to the same output. */
function readInput(text: string): TfInput {
  const [, node = text, output = "0"] = /^(.*):(\d+)$/s.exec(text) ?? [];
  return { node, output: Number(output) };
}

/**
 * Returns the nodes in an order in which each comes after its inputs. Converters write them in such an order, and it
 * is kept. Otherwise the nodes are sorted (Kahn 1962).
 */
function inOrder(nodes: ReadonlyMap<string, TfNode>): readonly TfNode[] {
  const seen = new Set<string>();
  const runs = [...nodes.values()].every(({ name, inputs }) => {
    seen.add(name);
    return inputs.every(({ node }) => seen.has(node) && node !== name);
  });
  if (runs) return [...nodes.values()];
  const waiting = new Map([...nodes.values()].map(({ name, inputs }) => [name, inputs.length]));
  const readers = new Map<string, string[]>([...nodes.keys()].map((name) => [name, []]));
  for (const { name, inputs } of nodes.values()) for (const { node } of inputs) readers.get(node)?.push(name);
  const order = [...nodes.values()].filter(({ inputs }) => inputs.length === 0);
  // The list grows during the iteration.
  for (const { name } of order) {
    for (const reader of readers.get(name) ?? []) {
      const left = (waiting.get(reader) ?? 0) - 1;
      waiting.set(reader, left);
      if (left === 0) order.push(nodes.get(reader)!);
    }
  }
  if (order.length < nodes.size) {
    const [stuck = ""] = [...waiting].find(([, left]) => left > 0) ?? [];
    refuseFile("weights/file-header", "nodes without cycles", `a cycle before ${quote(stuck)}`);
  }
  return order;
}

/**
 * Reads an attribute that is a list of words, such as `fused_ops`. Each word is in base64 or a list of character
 * codes.
 */
export function wordsOf({ attributes }: TfNode, name: string): readonly string[] {
  const value = attributes[name];
  const list = isObject(value) ? value["list"] : undefined;
  const words = isObject(list) ? list["s"] : undefined;
  return Array.isArray(words) ? (words as readonly unknown[]).map(wordOf) : [];
}

function wordOf(word: unknown): string {
  if (Array.isArray(word)) return String.fromCharCode(...word.slice(0, 64).map(Number));
  if (typeof word !== "string") return "";
  try {
    return atob(word);
  } catch {
    return "";
  }
}

export function flagOf({ attributes }: TfNode, name: string): boolean {
  const value = attributes[name];
  return isObject(value) && value["b"] === true;
}

/** Reads an attribute that is a number. `fallback` is TensorFlow's default for it. */
export function numberOf({ attributes }: TfNode, name: string, fallback: number): number {
  const value = attributes[name];
  const number = isObject(value) ? value["f"] : undefined;
  return typeof number === "number" ? number : fallback;
}

/** Returns the shape that a constant states, or null if it states none. */
export function statedShape({ attributes }: TfNode): readonly number[] | null {
  const value = attributes["value"];
  const tensor = isObject(value) ? value["tensor"] : undefined;
  const shape = isObject(tensor) ? tensor["tensorShape"] : undefined;
  if (!isObject(shape)) return null;
  const dims = shape["dim"] ?? [];
  if (!Array.isArray(dims)) return null;
  const extents = (dims as readonly unknown[]).map((dim) => Number(isObject(dim) ? (dim["size"] ?? 0) : NaN));
  return extents.every(isCount) ? extents : null;
}
