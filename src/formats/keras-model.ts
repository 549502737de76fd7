import { isCount, isObject, type JsonObject } from "./json-value.ts";
import { numberedNames, snakeCase } from "./keras-names.ts";

/** A layer of a Keras or tf.js model, as its configuration says it. */
export interface KerasLayer {
  readonly name: string;
  readonly className: string;
  /** Where Keras 3 keeps its weights: by its class and a running number, `layers/conv2d_3`. */
  readonly path: string;
  readonly epsilon: number | null;
  readonly scale: boolean;
  readonly center: boolean;
  /** Names of the layers it reads; null where a layer is used twice, or lies in a model inside the model. */
  readonly inputs: readonly string[] | null;
}

/** Deepest nesting that is followed; Keras' own is far below. */
const deepest = 32;

/**
 * The layers of a model's configuration, `{ class_name, config: { layers } }`, in its order, those of models inside the model in their
 * place. Null where it has none, as subclassed models do.
 */
export function readKerasModel(json: unknown): readonly KerasLayer[] | null {
  const layers: KerasLayer[] = [];
  return collect(json, layers, { path: "layers", depth: 0 }) ? layers : null;
}

interface Place {
  /** Of the list in Keras 3's files. */
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
      // Which of its layers is fed from outside is not followed.
      layers.push({ name, className, path, ...describe(config), inputs: null });
    } else {
      const inputs = sequential ? (previous === null ? [] : [previous]) : readInputs(item["inbound_nodes"]);
      layers.push({ name, className, path, ...describe(config), inputs: depth > 0 ? null : inputs });
    }
    previous = name;
  }
  return true;
}

function layersOf(json: unknown): readonly unknown[] | null {
  const config = isObject(json) ? json["config"] : undefined;
  // tf.js wrote sequential models as a bare list once.
  if (Array.isArray(config)) return config as readonly unknown[];
  const layers = isObject(config) ? config["layers"] : undefined;
  return Array.isArray(layers) ? layers : null;
}

function describe(config: JsonObject) {
  const epsilon = config["epsilon"];
  return {
    epsilon: typeof epsilon === "number" ? epsilon : null,
    scale: config["scale"] !== false,
    center: config["center"] !== false,
  };
}

/**
 * Keras 2 and tf.js: one list of `[name, node, tensor, …]` a use of the layer. Keras 3: one object a use, with such a triple in each
 * `keras_history`.
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
