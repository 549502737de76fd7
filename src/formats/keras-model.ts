import { isCount, isObject, type JsonObject } from "./json-value.ts";
import { numberedNames, snakeCase } from "./keras-names.ts";

/** A layer of a Keras or tf.js model, as the model's JSON describes it. */
export interface KerasLayer {
  readonly name: string;
  readonly className: string;
  /** The path at which Keras 3 stores the layer's weights: the class with a running number, `layers/conv2d_3`. */
  readonly path: string;
  /** The whole configuration of the layer: `filters`, `strides`, `epsilon`. Empty if the layer has none. */
  readonly config: JsonObject;
  /** The names of the layers that feed it. Null for a layer that is used twice, and for a layer of a nested model. */
  readonly inputs: readonly string[] | null;
}

/** The deepest nesting that is read. Real models are nested much less. */
const deepest = 32;

/**
 * Reads the layers of a model, `{ class_name, config: { layers } }`, in their order. The layers of a nested model come
 * before that model. Returns null for a model without a list of layers, such as a subclassed one.
 */
export function readKerasModel(json: unknown): readonly KerasLayer[] | null {
  const layers: KerasLayer[] = [];
  return collect(json, layers, { path: "layers", depth: 0 }) ? layers : null;
}

interface Place {
  /** The path of the list in a file of Keras 3. */
  readonly path: string;
  readonly depth: number;
}

function collect(json: unknown, layers: KerasLayer[], { path: list, depth }: Place): boolean {
  const items = layersOf(json);
  if (items === null || depth > deepest) return false;
  const sequential = isObject(json) && json["class_name"] === "Sequential";
  const numbered = numberedNames();
  let previous: string | null = null;
  for (const item of items) {
    if (!isObject(item)) return false;
    const config = isObject(item["config"]) ? item["config"] : {};
    const name = item["name"] ?? config["name"];
    const className = item["class_name"];
    if (typeof name !== "string" || typeof className !== "string") return false;
    const path = `${list}/${numbered(snakeCase(className))}`;
    if (layersOf(item) !== null) {
      if (!collect(item, layers, { path: `${path}/layers`, depth: depth + 1 })) return false;
      // For inner layers, the inputs from outside are not determined.
      layers.push({ name, className, path, config, inputs: null });
    } else {
      const inputs = sequential ? (previous === null ? [] : [previous]) : readInputs(item["inbound_nodes"]);
      layers.push({ name, className, path, config, inputs: depth > 0 ? null : inputs });
    }
    previous = name;
  }
  return true;
}

function layersOf(json: unknown): readonly unknown[] | null {
  const config = isObject(json) ? json["config"] : undefined;
  // Early versions of tf.js wrote the configuration of a sequential model as a list of layers.
  if (Array.isArray(config)) return config as readonly unknown[];
  const layers = isObject(config) ? config["layers"] : undefined;
  return Array.isArray(layers) ? layers : null;
}

/**
 * Reads the names of the layers that feed a layer, from its `inbound_nodes`. Keras 2 and tf.js write one list of `[name, node, tensor, …]`
 * for each use of the layer; Keras 3 writes one object for each use, with such a triple in every `keras_history`.
 */
function readInputs(nodes: unknown): readonly string[] | null {
  if (!Array.isArray(nodes) || nodes.length > 1) return null;
  const inputs: string[] = [];
  return findTensors(nodes, inputs, 0) ? inputs : null;
}

function findTensors(value: unknown, found: string[], depth: number): boolean {
  if (depth > deepest) return false;
  if (Array.isArray(value)) {
    const [name, node, tensor] = value as unknown[];
    if (typeof name === "string" && isCount(node) && isCount(tensor)) {
      found.push(name);
      return true;
    }
    return value.every((item) => findTensors(item, found, depth + 1));
  }
  return !isObject(value) || Object.values(value).every((item) => findTensors(item, found, depth + 1));
}
