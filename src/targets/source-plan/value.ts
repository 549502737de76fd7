/** A call of one of the framework's initialisers by its name. */
export interface InitializerCall {
  readonly initializer: string;
  readonly settings: Readonly<Record<string, number>>;
}

/**
 * A variance-scaling initialiser of a depthwise kernel. Each output reads the window of one channel, but a framework
 * may count every channel as an input of every output. The module then computes the standard deviation itself, from
 * the kernel's size.
 */
export interface DepthwiseInitializer {
  readonly depthwise: "he_normal" | "he_uniform" | "glorot_normal" | "glorot_uniform";
}

/** A value of a layer's setting or of a helper's option. */
export type Value =
  | number
  | boolean
  | string
  | readonly number[]
  | readonly (readonly number[])[]
  | InitializerCall
  | DepthwiseInitializer
  | Fields;

/** The settings of a part that a helper's call may leave out. */
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

/** Returns the same text for equal values. */
export function valueKey(value: Value | undefined): string {
  if (value === undefined) return "absent";
  if (isFields(value)) return `{${[...value.fields].map(([name, field]) => `${name}:${valueKey(field)}`).join()}}`;
  return JSON.stringify(value);
}

/** Returns a kernel, stride or similar pair as one number if both axes are equal, and otherwise as a pair. */
export function pairValue(pair: readonly [number, number]): Value {
  return pair[0] === pair[1] ? pair[0] : pair;
}
