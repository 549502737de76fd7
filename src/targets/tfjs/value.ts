import { stringLiteral } from "../escape.ts";

/** A call of `tf.initializers`. */
export interface InitializerCall {
  readonly initializer: string;
  readonly settings: Readonly<Record<string, number>>;
}

/**
 * A variance-scaling initialiser of a depthwise kernel. tf.js counts every channel as an input of every output; a
 * depthwise output sees its own window only, so the module computes the deviation itself, from the kernel's extents.
 */
export interface DepthwiseInitializer {
  readonly depthwise: "he_normal" | "he_uniform" | "glorot_normal" | "glorot_uniform";
}

/** What an attribute of a layer, or an option of a helper, is set to. */
export type Value =
  | number
  | boolean
  | string
  | readonly number[]
  | readonly (readonly number[])[]
  | InitializerCall
  | DepthwiseInitializer
  | Fields;

/** The options of a part that a helper may leave out. */
export interface Fields {
  readonly fields: ReadonlyMap<string, Value>;
}

export function isFields(value: Value): value is Fields {
  return typeof value === "object" && "fields" in value;
}

export function isDepthwiseInitializer(value: Value): value is DepthwiseInitializer {
  return typeof value === "object" && "depthwise" in value;
}

export function isInitializerCall(value: Value): value is InitializerCall {
  return typeof value === "object" && "initializer" in value;
}

/** Equal for equal values: a key to compare by. */
export function valueKey(value: Value | undefined): string {
  if (value === undefined) return "absent";
  if (isFields(value)) return `{${[...value.fields].map(([name, field]) => `${name}:${valueKey(field)}`).join()}}`;
  return JSON.stringify(value);
}

/** Kernel, stride and the like: one number where both axes agree, as a person writes it. */
export function pairValue(pair: readonly [number, number]): Value {
  return pair[0] === pair[1] ? pair[0] : pair;
}

/** The value as code. */
export function valueCode(value: Value): string {
  if (typeof value === "string") return stringLiteral(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (isFields(value)) {
    return `{ ${[...value.fields].map(([name, field]) => `${name}: ${valueCode(field)}`).join(", ")} }`;
  }
  if (isInitializerCall(value)) return initializerCode(value);
  if (isDepthwiseInitializer(value)) throw new Error("internal: a depthwise initialiser needs its kernel");
  return JSON.stringify(value);
}

/** tf.js knows its initialisers by name where they take no settings. */
function initializerCode({ initializer, settings }: InitializerCall): string {
  const entries = Object.entries(settings).map(([name, setting]) => `${name}: ${setting}`);
  return entries.length === 0
    ? stringLiteral(initializer)
    : `tf.initializers.${initializer}({ ${entries.join(", ")} })`;
}

/** The TypeScript type that holds all of `values`. */
export function valueType(values: readonly Value[]): string {
  return [...new Set(values.map(typeOf))].sort().join(" | ");
}

function typeOf(value: Value): string {
  if (typeof value === "string") return stringLiteral(value);
  if (typeof value === "number" || typeof value === "boolean") return typeof value;
  if (isFields(value)) {
    return `{ ${[...value.fields].map(([name, field]) => `${name}: ${typeOf(field)}`).join("; ")} }`;
  }
  if (isInitializerCall(value)) {
    return Object.keys(value.settings).length === 0 ? stringLiteral(value.initializer) : "Initializer";
  }
  if (isDepthwiseInitializer(value)) throw new Error("internal: a depthwise initialiser has no type of its own");
  return `[${value.map((entry) => (typeof entry === "number" ? "number" : `[${entry.map(() => "number").join(", ")}]`)).join(", ")}]`;
}
