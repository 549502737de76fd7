import type { ActivationNames } from "../activation-names.ts";
import { concreteDepthwise } from "../concrete-depthwise.ts";
import { isCustomLayer } from "../custom-layers.ts";
import type { LayerName, LayerSpec } from "../layer-spec.ts";
import {
  isDepthwiseInitializer,
  isInitializerCall,
  type InitializerCall,
  type Value,
} from "../../source-plan/value.ts";

/** A layer in a saved model: its class name, and its settings under the names of Keras. */
export interface LayerJson {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** The tf.js class that each factory of `tf.layers` makes. */
const classNames: Readonly<Partial<Record<LayerName, string>>> = {
  conv2d: "Conv2D",
  depthwiseConv2d: "DepthwiseConv2D",
  dense: "Dense",
  batchNormalization: "BatchNormalization",
  activation: "Activation",
  maxPooling2d: "MaxPooling2D",
  averagePooling2d: "AveragePooling2D",
  globalAveragePooling2d: "GlobalAveragePooling2D",
  globalMaxPooling2d: "GlobalMaxPooling2D",
  globalAveragePool: "AveragePooling2D",
  globalMaxPool: "MaxPooling2D",
  dropout: "Dropout",
  flatten: "Flatten",
  reshape: "Reshape",
  permute: "Permute",
  upSampling2d: "UpSampling2D",
  zeroPadding2d: "ZeroPadding2D",
  cropping2D: "Cropping2D",
  add: "Add",
  multiply: "Multiply",
  concatenate: "Concatenate",
};

/** Settings that are one number if rows and columns have the same value. */
const pairs = new Set(["kernelSize", "strides", "dilationRate", "poolSize", "size"]);

/**
 * Returns the JSON of a layer.
 *
 * @param extents rows and columns of its input. A global pool uses them as its window.
 */
export function layerJson(spec: LayerSpec, extents: readonly number[], activations: ActivationNames): LayerJson {
  const { layer, attributes } = spec;
  const chosen = attributes.get("activation");
  const own = typeof chosen === "string" ? activations.layerOf(chosen) : null;
  if (own !== null) {
    const className = own.layer === "leakyReLU" ? "LeakyReLU" : own.layer;
    return { className, config: own.alpha === null ? {} : { alpha: own.alpha } };
  }
  const className = isCustomLayer(layer) ? layer : classNames[layer];
  if (className === undefined) throw new Error(`internal: tf.js has no class for "${layer}"`);
  const whole =
    layer === "globalAveragePool" || layer === "globalMaxPool" ? { pool_size: extents, strides: extents } : {};
  const settings = [...attributes].map(([name, value]) => [snakeCase(name), settingJson(name, value, attributes)]);
  return { className, config: { ...Object.fromEntries(settings), ...whole } as LayerJson["config"] };
}

function settingJson(name: string, value: Value, attributes: ReadonlyMap<string, Value>): unknown {
  if (typeof value === "number" && pairs.has(name)) return [value, value];
  // The padding of a conv is a word. The padding of a zero-padding layer or a custom pool is a pair of rows and
  // columns.
  if (typeof value === "number" && name === "padding") return Array.from({ length: 2 }, () => [value, value]);
  if (typeof value !== "object") return value;
  if (isDepthwiseInitializer(value)) return settingJson(name, concreteDepthwise(value, attributes), attributes);
  return isInitializerCall(value) ? initializerJson(value) : value;
}

function initializerJson({ initializer, settings }: InitializerCall): object {
  return { class_name: `${initializer.charAt(0).toUpperCase()}${initializer.slice(1)}`, config: settings };
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
