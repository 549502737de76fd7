import type { ShapedGraph } from "../../ir/graph.ts";
import { javascriptReserved } from "../escape.ts";
import type { SourceLanguage } from "../source-plan/source-language.ts";
import { isDepthwiseInitializer, type Value } from "../source-plan/value.ts";
import type { ActivationNames } from "./activation-names.ts";
import { camelCase } from "./camel-case.ts";
import { concreteDepthwise } from "./concrete-depthwise.ts";
import { customNames } from "./custom-layers.ts";
import type { LayerName } from "./layer-spec.ts";
import { flattenedPools } from "./layer-values.ts";
import { nodeLayers } from "./node-layers.ts";

/** Names inside the emitted functions. Helpers and options cannot have them. Values of a body can. */
export const localNames: readonly string[] = ["x", "input", "name", "inputs"];

/** Names that a module defines or uses apart from its helpers, at its top level and inside its functions. */
const moduleNames: readonly string[] = [
  ...[
    "tf apply createModel loadWeights globalAveragePool globalMaxPool activationLayer windowArea",
    "depthwiseHeNormal depthwiseHeUniform depthwiseGlorotNormal depthwiseGlorotUniform",
    "TensorEntry weightSlots renamed trunk valueOf model",
    "Array BigInt DataView Error Float32Array JSON Map Math Number Object Set String TextDecoder Uint8Array",
    "ArrayBuffer Record NonNullable ConstructorParameters ReturnType",
  ].flatMap((line) => line.split(" ")),
  ...localNames,
  ...customNames,
];

/** Defaults of options. */
const usual: Readonly<Record<string, Value>> = {
  strides: 1,
  dilationRate: 1,
  groups: 1,
  outputPadding: 0,
  depthMultiplier: 1,
  padding: "same",
};

/** Describes how a tf.js module writes a training graph. */
export function tfjsSource(graph: ShapedGraph, activations: ActivationNames): SourceLanguage<LayerName> {
  return {
    merged: flattenedPools(graph),
    formOf: (linear, norm) => ({
      general:
        (linear.op !== "dense" && Math.max(...linear.dilation) > 1) || (linear.op === "conv" && linear.groups > 1),
      norm:
        norm === null
          ? "none"
          : norm.op === "sample_norm"
            ? norm.kind
            : norm.scale && norm.center
              ? "whole"
              : "partial",
    }),
    layersOf: (groups) => nodeLayers(graph, groups, activations),
    sumLayer: "add",
    settingWord(layer, name) {
      if (layer === "activation") return "act";
      return layer === "zeroPadding2d" ? "pad" : camelCase(name);
    },
    usual: new Map(Object.entries(usual)),
    concrete: (value, settings) => (isDepthwiseInitializer(value) ? concreteDepthwise(value, settings) : value),
    identifier: camelCase,
    reserved: javascriptReserved,
    moduleNames,
  };
}
