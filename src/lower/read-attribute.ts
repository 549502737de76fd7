import { rewriteFix } from "../diagnostics/rewrite-fix.ts";
import { activationNames, type ActivationName } from "../ir/activation.ts";
import type { Initializer } from "../ir/initializer.ts";
import type { Padding, Pads, Pair } from "../ir/window.ts";
import { residualModes, type ResidualMode } from "../ir/graph.ts";
import { didYouMean } from "../syntax/did-you-mean.ts";
import { elementOf, type Argument } from "./values/argument.ts";
import { reportAtExpression, reportAtNumber } from "./values/blame.ts";
import { lookupValue } from "./values/scope.ts";
import { keyElsewhere } from "../language/op-elsewhere.ts";
import type { LoweringState } from "./state.ts";
import { describe, describeKind, isUnknown, type SymbolValue, type Value } from "./values/value.ts";
import { counted } from "../text/counted.ts";

/** The largest extent of a map, and the largest number of channels. */
export const MAX_EXTENT = 16_384;
export const MAX_CHANNELS = 65_536;

/** Reads an argument as what an attribute takes. Null where it is in error (and reported), or unknown. */
export type Reader<T> = (state: LoweringState, key: string, argument: Argument) => T | null;

function refuse(
  state: LoweringState,
  key: string,
  argument: Argument,
  wanted: string,
  hint: string,
  code = "attribute/value",
): null {
  if (isUnknown(argument.value)) return null;
  const report = argument.value.kind === "number" ? reportAtNumber : reportAtExpression;
  report(
    state,
    code,
    argument.expression,
    argument.scope,
    `"${key}" wants ${wanted}, and is ${describeKind(argument.value)}.`,
    hint,
  );
  return null;
}

/** What counts channels is rounded to a multiple; a fraction that a block's use leads to is not the user's to round. */
function roundingHint(key: string, { scope, expression }: Argument): string {
  const channels = ["filters", "units", "groups"].includes(key);
  const round = channels ? '"divisible(x, 8)", "ceil(x)" or "floor(x)"' : '"ceil(x)", "floor(x)" or "round(x)"';
  const handedIn = expression.kind === "reference" && lookupValue(scope, expression.name)?.origin != null;
  return scope.useSite === null || handedIn
    ? `Round it: ${round}.`
    : `Give "${scope.blockName ?? ""}" values that come to a whole number, or round it in the block: ${round}.`;
}

export function wholeNumber(low: number, high: number): Reader<number> {
  return (state, key, argument) => {
    const { value } = argument;
    if (value.kind === "number" && Number.isInteger(value.value) && value.value >= low && value.value <= high) {
      return value.value;
    }
    const fraction = value.kind === "number" && !Number.isInteger(value.value);
    return refuse(
      state,
      key,
      argument,
      `a whole number from ${low} to ${high}`,
      fraction ? roundingHint(key, argument) : `Give a whole number from ${low} to ${high}.`,
      "value/not-whole",
    );
  };
}

export function realNumber(wanted: string, accepts: (value: number) => boolean): Reader<number> {
  return (state, key, argument) =>
    argument.value.kind === "number" && accepts(argument.value.value)
      ? argument.value.value
      : refuse(state, key, argument, wanted, `Give ${wanted}.`);
}

export const boolean: Reader<boolean> = (state, key, argument) =>
  argument.value.kind === "boolean"
    ? argument.value.value
    : refuse(state, key, argument, "true or false", `Write "${key}=true" or "${key}=false".`);

/** One number for a square window, or `[vertical, horizontal]`. */
export const pair: Reader<Pair> = (state, key, argument) => {
  const { value } = argument;
  const whole = wholeNumber(1, MAX_EXTENT);
  if (value.kind !== "list") {
    const both = whole(state, key, argument);
    return both === null ? null : [both, both];
  }
  const [first, second, ...more] = value.elements;
  if (first === undefined || second === undefined || more.length > 0) {
    return refuse(state, key, argument, "one number or two", 'Write "3", "3x3" or "[k, 1]".');
  }
  const vertical = whole(state, key, elementOf(argument, 0, first));
  const horizontal = whole(state, key, elementOf(argument, 1, second));
  return vertical === null || horizontal === null ? null : [vertical, horizontal];
};

export function oneOf<const N extends string>(names: readonly N[]): Reader<N> {
  return (state, key, argument) => {
    const { value } = argument;
    const found =
      value.kind === "symbol" && value.args.length === 0 ? names.find((name) => name === value.name) : undefined;
    if (found !== undefined) return found;
    if (isUnknown(value)) return null;
    const near = value.kind === "symbol" ? didYouMean(value.name, names) : null;
    const quoted = value.kind === "string" ? names.find((name) => name === value.value) : undefined;
    reportAtExpression(
      state,
      "attribute/value",
      argument.expression,
      argument.scope,
      `"${key}" does not take ${describeKind(value)}.`,
      quoted !== undefined
        ? `Write it without the quotes: ${quoted}.`
        : near === null
          ? `${names.length === 1 ? "Write" : "Choose one of"} ${names.join(", ")}.`
          : `Did you mean "${near}"?`,
      // A word that came through a parameter or a let is put right where it was written, which is elsewhere.
      rewriteFix(argument.expression.span, isWritten(argument, value) ? near : null),
    );
    return null;
  };
}

function isWritten({ expression }: Argument, value: Value): boolean {
  return expression.kind === "reference" && value.kind === "symbol" && expression.name === value.name;
}

export const residualMode: Reader<ResidualMode> = oneOf(residualModes);

/** `bias=auto` is decided by the layer's norm. */
export const biasMode: Reader<boolean | "auto"> = (state, key, argument) => {
  if (argument.value.kind === "symbol" && argument.value.name === "auto") return "auto";
  return argument.value.kind === "boolean"
    ? argument.value.value
    : refuse(state, key, argument, "true, false or auto", `Write "${key}=true", "${key}=false" or "${key}=auto".`);
};

export const padding: Reader<Padding> = (state, key, argument) => {
  if (argument.value.kind === "number") {
    const sides = Array.from({ length: 4 }, () => describe(argument.value)).join(", ");
    return refuse(
      state,
      key,
      argument,
      "same, valid, torch or a list of four",
      `Write "padding=torch" for PyTorch's usual padding, or each side: "padding=[${sides}]".`,
    );
  }
  if (argument.value.kind !== "list") return oneOf(["same", "valid", "torch"])(state, key, argument);
  const { elements } = argument.value;
  if (elements.length !== 4) {
    return refuse(
      state,
      key,
      argument,
      "four numbers in a list",
      'Write "[top, bottom, left, right]", "same", "valid" or "torch".',
    );
  }
  const sides = elements.map((element, index) =>
    wholeNumber(0, MAX_EXTENT)(state, key, elementOf(argument, index, element)),
  );
  return sides.some((side) => side === null) ? null : (sides as unknown as Pads);
};

/** `none` reads as `"none"`, so that null stays for what is in error. */
export const activationName: Reader<ActivationName | "none"> = oneOf([...activationNames, "none"]);

export interface BatchNormSettings {
  readonly eps: number;
  readonly momentum: number;
  readonly scale: boolean;
  readonly center: boolean;
}

export const batchNormDefaults: BatchNormSettings = { eps: 1e-3, momentum: 0.99, scale: true, center: true };

export const positive = realNumber("a number above 0", (value) => value > 0);
export const share = realNumber("a number from 0 to 1", (value) => value >= 0 && value <= 1);

/** `none`, `batch` or `batch(eps=…, momentum=…, scale=…, center=…)`. */
export const norm: Reader<BatchNormSettings | "none"> = (state, key, argument) => {
  const { value } = argument;
  if (value.kind === "symbol" && value.name === "none") return "none";
  if (value.kind !== "symbol" || value.name !== "batch") {
    return refuse(
      state,
      key,
      argument,
      "batch or none",
      'Write "norm=batch", "norm=batch(eps=1e-3, momentum=0.99)" or "norm=none".',
    );
  }
  const settings = readSettings(state, value, ["eps", "momentum", "scale", "center"]);
  if (settings === null) return null;
  const setting = <T>(name: string, reader: Reader<T>, fallback: T): T | null => {
    const given = settings.get(name);
    return given === undefined ? fallback : reader(state, name, given);
  };
  const eps = setting("eps", positive, batchNormDefaults.eps);
  const momentum = setting("momentum", share, batchNormDefaults.momentum);
  const scale = setting("scale", boolean, batchNormDefaults.scale);
  const center = setting("center", boolean, batchNormDefaults.center);
  return eps === null || momentum === null || scale === null || center === null
    ? null
    : { eps, momentum, scale, center };
};

const plainInitializers = ["zeros", "ones", "he_normal", "he_uniform", "glorot_normal", "glorot_uniform"] as const;
const settingOf = { constant: "value", normal: "stddev", truncated_normal: "stddev" } as const;

export const initializer: Reader<Initializer> = (state, key, argument) => {
  const { value } = argument;
  if (value.kind === "symbol" && value.name in settingOf) {
    const kind = value.name as keyof typeof settingOf;
    const name = settingOf[kind];
    const settings = readSettings(state, value, [name]);
    const given = settings?.get(name);
    if (settings === null) return null;
    if (given === undefined) {
      reportAtExpression(
        state,
        "attribute/setting",
        argument.expression,
        argument.scope,
        `"${kind}" needs its ${name}, and none is given.`,
        `Write "${key}=${kind}(0.01)".`,
      );
      return null;
    }
    const number = (
      kind === "constant" ? realNumber("a number", () => true) : realNumber("a number from 0 up", (v) => v >= 0)
    )(state, name, given);
    if (number === null) return null;
    return kind === "constant" ? { kind, value: number } : { kind, stddev: number };
  }
  const plain = oneOf([...plainInitializers, "constant", "normal", "truncated_normal"])(state, key, argument);
  return plain === null || plain === "constant" || plain === "normal" || plain === "truncated_normal"
    ? null
    : { kind: plain };
};

/** The settings of `batch(…)` and the like by name; unnamed ones fill the names from the left. */
function readSettings(
  state: LoweringState,
  symbol: SymbolValue,
  names: readonly string[],
): ReadonlyMap<string, Argument> | null {
  const settings = new Map<string, Argument>();
  for (const [index, setting] of symbol.args.entries()) {
    const name = setting.name ?? names[index];
    if (name === undefined || !names.includes(name) || settings.has(name)) {
      const elsewhere = keyElsewhere(name ?? "");
      const near = elsewhere !== null && names.includes(elsewhere) ? elsewhere : didYouMean(name ?? "", names);
      reportAtExpression(
        state,
        "attribute/setting",
        setting.expression,
        setting.scope,
        name === undefined
          ? `"${symbol.name}" takes ${counted(names.length, "setting")}, and is given ${symbol.args.length}.`
          : settings.has(name)
            ? `"${symbol.name}" is given "${name}" twice.`
            : `"${symbol.name}" has no setting "${name}".`,
        near === null ? `${names.length === 1 ? "Use" : "Use one of"} ${names.join(", ")}.` : `Did you mean "${near}"?`,
      );
      return null;
    }
    settings.set(name, { value: setting.value, expression: setting.expression, scope: setting.scope });
  }
  return settings;
}

/** A list of whole extents: `[h, w, c]`, `[n]`, or dims. */
export function extents(counts: readonly number[]): Reader<readonly number[]> {
  return (state, key, argument) => {
    const { value } = argument;
    const elements: readonly Value[] = value.kind === "list" ? value.elements : value.kind === "number" ? [value] : [];
    if (elements.length === 0 || !counts.includes(elements.length)) {
      const forms = counts.map((count) => (count === 3 ? "[h, w, c]" : "[n]")).join(" or ");
      return refuse(state, key, argument, forms, `Write ${forms}.`, "shape/rank");
    }
    const read = elements.map((element, axis) =>
      wholeNumber(1, axis === elements.length - 1 ? MAX_CHANNELS : MAX_EXTENT)(
        state,
        key,
        elementOf(argument, axis, element),
      ),
    );
    return read.some((extent) => extent === null) ? null : (read as number[]);
  };
}
