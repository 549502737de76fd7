import { stringLiteral } from "../escape.ts";
import {
  isDepthwiseInitializer,
  isFields,
  isInitializerCall,
  type InitializerCall,
  type Value,
} from "../source-plan/value.ts";

/** Writes a value as JavaScript. */
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

/** Writes an initialiser as its name if it has no settings. tf.js accepts the name. */
function initializerCode({ initializer, settings }: InitializerCall): string {
  const entries = Object.entries(settings).map(([name, setting]) => `${name}: ${setting}`);
  return entries.length === 0
    ? stringLiteral(initializer)
    : `tf.initializers.${initializer}({ ${entries.join(", ")} })`;
}

/** Returns the TypeScript union of the types of all `values`. */
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
