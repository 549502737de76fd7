import { elementsOf, type Shape } from "../../ir/shape.ts";
import { FLOAT, INT64, type OnnxAttribute, type OnnxNode, type OnnxTensor } from "../../formats/onnx-model.ts";

/** A plain number is an integer attribute. ONNX has another type for floats, so a float is written as an object. */
export type AttributeValue = number | { readonly float: number } | string | readonly number[];

/** Collects the nodes and constants of a model in order. */
export interface OnnxWriter {
  /** Adds a node with one output, which has the node's name, and returns it. */
  readonly add: (
    name: string,
    opType: string,
    input: readonly string[],
    attributes?: Readonly<Record<string, AttributeValue>>,
  ) => string;
  /** Adds a weight and returns its name. */
  readonly floats: (name: string, shape: Shape, data: ArrayLike<number>) => string;
  /** Adds a number that several nodes may share, and returns its name. */
  readonly scalar: (value: number) => string;
  /** Adds a list of whole numbers that several nodes may share, as a shape or axes, and returns its name. */
  readonly ints: (values: readonly number[]) => string;
  readonly nodes: readonly OnnxNode[];
  readonly tensors: readonly OnnxTensor[];
}

export function onnxWriter(): OnnxWriter {
  const nodes: OnnxNode[] = [];
  const tensors = new Map<string, OnnxTensor>();
  const put = (
    name: string,
    dims: readonly number[],
    dataType: OnnxTensor["dataType"],
    rawData: Uint8Array,
  ): string => {
    tensors.set(name, { name, dims, dataType, rawData });
    return name;
  };
  const floats = (name: string, shape: Shape, data: ArrayLike<number>): string => {
    if (data.length !== elementsOf(shape)) throw new Error(`internal: "${name}" does not hold what its shape says`);
    const bytes = new Uint8Array(4 * data.length);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < data.length; i++) view.setFloat32(4 * i, data[i]!, true);
    return put(name, shape, FLOAT, bytes);
  };
  return {
    add(name, opType, input, attributes = {}) {
      const attribute = Object.entries(attributes).map(([key, value]) => attributeOf(key, value));
      nodes.push({ name, opType, input, output: [name], attribute });
      return name;
    },
    floats,
    scalar: (value) => floats(`constants/${value}`, [], [value]),
    ints(values) {
      const view = new DataView(new ArrayBuffer(8 * values.length));
      values.forEach((value, i) => view.setBigInt64(8 * i, BigInt(value), true));
      return put(`constants/[${values.join()}]`, [values.length], INT64, new Uint8Array(view.buffer));
    },
    nodes,
    get tensors() {
      return [...tensors.values()];
    },
  };
}

function attributeOf(name: string, value: AttributeValue): OnnxAttribute {
  if (typeof value === "number") return { name, type: 2, i: value };
  if (typeof value === "string") return { name, type: 3, s: new TextEncoder().encode(value) };
  return "float" in value ? { name, type: 1, f: value.float } : { name, type: 7, ints: value };
}
