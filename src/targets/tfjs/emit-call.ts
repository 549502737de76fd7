import { stringLiteral, templateText } from "../escape.ts";
import type { LinePlan, Setting } from "../source-plan/module-plan.ts";
import {
  isDepthwiseInitializer,
  isFields,
  isInitializerCall,
  valueKey,
  type DepthwiseInitializer,
  type Value,
} from "../source-plan/value.ts";
import type { ActivationNames } from "./activation-names.ts";
import { isCustomLayer, type CustomLayerName } from "./custom-layers.ts";
import type { SupportName } from "./custom-layers/support.ts";
import { depthwiseInitializerSources } from "./initializers.ts";
import type { LayerName } from "./layer-spec.ts";
import { valueCode } from "./value-code.ts";

/** The functions and classes that the written lines call. The module defines only these. */
export interface Used {
  readonly customLayers: Set<CustomLayerName>;
  readonly support: Set<SupportName>;
  readonly depthwise: Set<DepthwiseInitializer["depthwise"]>;
  readonly globalPools: Set<"globalAveragePool" | "globalMaxPool">;
  /** Names of the activations that a helper's option can have. Some of them are layer classes. */
  readonly chosenActivations: Set<string>;
}

export function nothingUsed(): Used {
  return {
    customLayers: new Set(),
    support: new Set(),
    depthwise: new Set(),
    globalPools: new Set(),
    chosenActivations: new Set(),
  };
}

/** The surroundings of a line. */
export interface CallContext {
  readonly activations: ActivationNames;
  readonly used: Used;
  /** Writes the code of a layer's name, from its path below the body. */
  readonly nameCode: (path: string) => string;
}

/** Writes the name of a layer in a helper, below the name of the instance. */
export function nameInHelper(path: string): string {
  return path === "" ? "name" : `\`\${name}/${templateText(path)}\``;
}

/** Defaults of settings in tf.js and in the emitted classes. */
const defaults: Readonly<Record<string, readonly string[]>> = {
  strides: ["1"],
  dilationRate: ["1"],
  groups: ["1"],
  depthMultiplier: ["1"],
  useBias: ["true"],
  scale: ["true"],
  center: ["true"],
  biasInitializer: [valueKey({ initializer: "zeros", settings: {} })],
};
/** The layers that have these defaults. A pool has another default: its stride is its window. */
const layersWithDefaults = new Set<LayerName>([
  ...(["conv2d", "depthwiseConv2d", "dense"] as const),
  ...(["FlexibleConv2D", "DilatedConv2D", "DilatedDepthwiseConv2D"] as const),
  ...(["PartialBatchNormalization", "SampleNormalization"] as const),
]);

/** Writes the expression that makes a line's value. */
export function callCode(line: LinePlan<LayerName>, inputs: readonly string[], context: CallContext): string {
  const name = context.nameCode(line.path);
  const [first = ""] = inputs;
  if (line.target.kind === "helper") {
    const { helper } = line.target;
    const fallbacks = new Map(helper.options.map((option) => [option.name, option.fallback]));
    const given = [...line.settings].filter(([key, setting]) => !isLiteral(setting, fallbacks.get(key) ?? undefined));
    const whole = wholeOption(given);
    if (whole !== null) return `${helper.name}(${first}, ${name}, ${whole})`;
    const options = given.map(([key, setting]) => property(key, settingCode(setting)));
    return `${helper.name}(${[first, name, ...(options.length > 0 ? [braced(options)] : [])].join(", ")})`;
  }
  const { layer } = line.target;
  if (layer === "globalAveragePool" || layer === "globalMaxPool") {
    context.used.globalPools.add(layer);
    return `${layer}(${first}, ${name})`;
  }
  const argument = inputs.length === 1 ? first : `[${inputs.join(", ")}]`;
  return `apply(${layerCode(layer, line, name, context)}, ${argument})`;
}

function layerCode(layer: LayerName, line: LinePlan<LayerName>, name: string, context: CallContext): string {
  if (layer === "activation") return activationCode(line.settings.get("activation"), name, context);
  const properties: string[] = [];
  for (const [key, setting] of line.settings) {
    const usual = layersWithDefaults.has(layer) ? defaults[key] : undefined;
    if (setting.kind === "literal" && usual?.includes(valueKey(setting.value))) continue;
    properties.push(property(key, layerSettingCode(key, setting, line, context)));
  }
  return construct(layer, [...properties, property("name", name)], context);
}

function construct(layer: string, properties: readonly string[], { used }: CallContext): string {
  if (!isCustomLayer(layer)) return `tf.layers.${layer}(${braced(properties)})`;
  used.customLayers.add(layer);
  return `new ${layer}(${braced(properties)})`;
}

function layerSettingCode(key: string, setting: Setting, line: LinePlan<LayerName>, context: CallContext): string {
  if (setting.kind !== "literal" || !isDepthwiseInitializer(setting.value)) return settingCode(setting);
  const { depthwise } = setting.value;
  context.used.depthwise.add(depthwise);
  const size = line.settings.get("kernelSize");
  const multiplier = line.settings.get("depthMultiplier");
  if (size === undefined || multiplier === undefined) throw new Error(`internal: "${key}" without a kernel`);
  const scaled = depthwise.startsWith("glorot") && !isLiteral(multiplier, 1);
  const parameters = [settingCode(size), ...(scaled ? [settingCode(multiplier)] : [])];
  return `${depthwiseInitializerSources[depthwise].name}(${parameters.join(", ")})`;
}

function activationCode(setting: Setting | undefined, name: string, context: CallContext): string {
  if (setting === undefined) throw new Error("internal: an activation without a function");
  if (setting.kind === "literal" && typeof setting.value === "string") {
    const own = context.activations.layerOf(setting.value);
    if (own === null)
      return `tf.layers.activation(${braced([`activation: ${valueCode(setting.value)}`, property("name", name)])})`;
    const alpha = own.alpha === null ? [] : [`alpha: ${own.alpha}`];
    return construct(own.layer, [...alpha, property("name", name)], context);
  }
  const names = setting.kind === "option" ? setting.values.filter((value) => typeof value === "string") : [];
  if (names.every((each) => context.activations.layerOf(each) === null)) {
    return `tf.layers.activation(${braced([property("activation", settingCode(setting)), property("name", name)])})`;
  }
  for (const each of names) context.used.chosenActivations.add(each);
  return `activationLayer(${settingCode(setting)}, ${name})`;
}

/**
 * Returns the option whose fields are exactly the arguments of a call, so the option is passed unchanged. Returns null
 * if there is none.
 */
function wholeOption(given: readonly (readonly [string, Setting])[]): string | null {
  const [first] = given;
  const option = first?.[1].kind === "option" ? first[1].option : null;
  const keys = new Set(given.map(([key]) => key));
  const fields =
    option?.values.flatMap((value) => (value !== undefined && isFields(value) ? [...value.fields.keys()] : [])) ?? [];
  const whole = given.every(
    ([key, setting]) => setting.kind === "option" && setting.option === option && setting.field === key,
  );
  return option !== null && whole && fields.every((field) => keys.has(field)) ? option.name : null;
}

function isLiteral(setting: Setting, value: Value | undefined): boolean {
  return setting.kind === "literal" && value !== undefined && valueKey(setting.value) === valueKey(value);
}

function settingCode(setting: Setting): string {
  if (setting.kind === "literal") return valueCode(setting.value);
  return setting.field === null ? setting.option.name : `${setting.option.name}.${setting.field}`;
}

function property(key: string, code: string): string {
  return key === code ? key : `${key}: ${code}`;
}

function braced(properties: readonly string[]): string {
  return properties.length === 0 ? "{}" : `{ ${properties.join(", ")} }`;
}

/** Returns true if the TypeScript type of a value contains the initialiser class of tf.js. */
export function namesInitializerClass(value: Value | undefined): boolean {
  if (value === undefined) return false;
  if (isFields(value)) return [...value.fields.values()].some(namesInitializerClass);
  return isInitializerCall(value) && Object.keys(value.settings).length > 0;
}

/** Writes the function that makes a layer of an activation's name, for helpers with an option for it. */
export function activationLayerSource(names: readonly string[], context: CallContext): string {
  const cases = names.flatMap((name) => {
    const own = context.activations.layerOf(name);
    if (own === null) return [];
    const alpha = own.alpha === null ? [] : [`alpha: ${own.alpha}`];
    return [`case ${stringLiteral(name)}: return ${construct(own.layer, [...alpha, "name"], context)};`];
  });
  const natives = names.filter((name) => context.activations.layerOf(name) === null);
  const [last = "", ...others] = [...cases].reverse();
  const rest =
    natives.length > 0
      ? "default: return tf.layers.activation({ activation, name });"
      : last.replace(/^case [^:]*:/, "default:");
  const listed = natives.length > 0 ? cases : others;
  return `
/** An activation as a layer, those that tf.js has no name for included. */
function activationLayer(activation‹: ${names.map(stringLiteral).join(" | ")}›, name‹: string›)‹: tf.layers.Layer› {
  switch (activation) {
    ${[...listed, rest].join("\n    ")}
  }
}
`;
}
