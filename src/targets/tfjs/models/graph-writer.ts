import type { Shape } from "../../../ir/shape.ts";
import type { ModelTensor } from "./model-files.ts";

/** An attribute of a node in the JSON of TensorFlow's protocol buffers: numbers of lists as text, words in base64. */
export type Attribute =
  | { readonly b: boolean }
  | { readonly i: string }
  | { readonly f: number }
  | { readonly s: string }
  | { readonly type: DataType }
  | { readonly shape: DimList }
  | { readonly list: { readonly i: readonly string[] } | { readonly s: readonly string[] } }
  | { readonly tensor: { readonly dtype: DataType; readonly tensorShape: DimList } };
export type DataType = "DT_FLOAT" | "DT_INT32";
export interface DimList {
  readonly dim: readonly { readonly size: string }[];
}

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, Attribute>>;
}

/** Collects nodes and constants in order. A name that is already used gets a number. */
export interface GraphWriter {
  /** Adds a node under an unused name and returns the name. */
  readonly add: (
    name: string,
    op: string,
    input: readonly string[],
    attr?: Readonly<Record<string, Attribute>>,
  ) => string;
  /** Adds a weight and returns its name. */
  readonly floats: (name: string, shape: Shape, data: ArrayLike<number>) => string;
  /** Adds a kernel, or a part of the kernel `whole`, and returns its name. */
  readonly kernel: (name: string, shape: Shape, data: Float32Array, whole: Float32Array) => string;
  /** Adds a number that several nodes may share, and returns its name. */
  readonly scalar: (value: number) => string;
  /** Adds a list of axes, sizes or other integers and returns its name. Equal lists share one constant. */
  readonly ints: (what: string, values: readonly number[] | number, shape?: Shape) => string;
  readonly nodes: readonly GraphNode[];
  readonly tensors: readonly ModelTensor[];
}

/**
 * Starts a graph.
 *
 * @param reserved names that no constant may have
 */
export function graphWriter(reserved: ReadonlySet<string>): GraphWriter {
  const nodes: GraphNode[] = [];
  const tensors: ModelTensor[] = [];
  const taken = new Set<string>();
  const shared = new Map<string, string>();
  const claim = (wanted: string): string => {
    let name = wanted;
    for (let suffix = 1; taken.has(name); suffix++) name = `${wanted}_${suffix}`;
    taken.add(name);
    return name;
  };
  const constant = (
    wanted: string,
    shape: Shape,
    dtype: ModelTensor["dtype"],
    data: ArrayLike<number>,
    whole: Pick<ModelTensor, "kernel"> = {},
  ): string => {
    let free = wanted;
    for (let suffix = 1; reserved.has(free); suffix++) free = `${wanted}_${suffix}`;
    const name = claim(free);
    const type = dtype === "float32" ? "DT_FLOAT" : "DT_INT32";
    const value = { tensor: { dtype: type, tensorShape: dims(shape) } } as const;
    nodes.push({ name, op: "Const", input: [], attr: { dtype: { type }, value } });
    tensors.push({ name, shape, dtype, data, ...whole });
    return name;
  };
  const share = (key: string, make: () => string): string => {
    const name = shared.get(key) ?? make();
    shared.set(key, name);
    return name;
  };
  return {
    add(wanted, op, input, attr = {}) {
      const name = claim(wanted);
      nodes.push({ name, op, input, attr: { T: { type: "DT_FLOAT" }, ...attr } });
      return name;
    },
    floats: (name, shape, data) => constant(name, shape, "float32", data),
    kernel: (name, shape, data, whole) => constant(name, shape, "float32", data, { kernel: whole }),
    scalar: (value) => share(`scalar ${value}`, () => constant("constants/scalar", [], "float32", [value])),
    ints(what, values, shape) {
      const list = typeof values === "number" ? [values] : values;
      const extents = shape ?? (typeof values === "number" ? [] : [list.length]);
      const key = `${what} ${extents.join("x")} ${list.join()}`;
      return share(key, () => constant(`constants/${what}`, extents, "int32", list));
    },
    nodes,
    tensors,
  };
}

export function dims(shape: readonly number[]): DimList {
  return { dim: shape.map((extent) => ({ size: String(extent) })) };
}

export function word(text: string): { readonly s: string } {
  return { s: btoa(text) };
}

export function words(texts: readonly string[]): Attribute {
  return { list: { s: texts.map((text) => btoa(text)) } };
}

export function intList(values: readonly number[]): Attribute {
  return { list: { i: values.map(String) } };
}
