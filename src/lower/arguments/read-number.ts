import type { NumberKind, WholeKind } from "../../language/argument.ts";
import type { Ends, Pads, Pair } from "../../ir/window.ts";
import { whole } from "../../language/kinds.ts";
import { MAX_CHANNELS, MAX_EXTENT } from "../../language/limits.ts";
import { counted } from "../../text/counted.ts";
import { elementOf } from "../values/argument.ts";
import { reportAtExpression } from "../values/blame.ts";
import type { Argument, Value } from "../environment.ts";
import { lookupValue } from "../values/scope.ts";
import { refuse, type Reader } from "./reader.ts";

/** Returns the hint that says how to round. A fraction inside a block can also be mended by the values that are given to the block. */
function roundingHint({ countsChannels }: WholeKind, { scope, expression }: Argument): string {
  const round = countsChannels ? '"divisible(x, 8)", "ceil(x)" or "floor(x)"' : '"ceil(x)", "floor(x)" or "round(x)"';
  const handedIn = expression.kind === "reference" && lookupValue(scope, expression.name)?.origin != null;
  return scope.useSite === null || handedIn
    ? `Round it: ${round}.`
    : `Give "${scope.blockName ?? ""}" values that come to a whole number, or round it in the block: ${round}.`;
}

export function readWhole(kind: WholeKind): Reader<number> {
  const { low, high } = kind;
  return (state, key, argument) => {
    const { value } = argument;
    if (value.kind === "number" && Number.isInteger(value.value) && value.value >= low && value.value <= high) {
      return value.value;
    }
    const fraction = value.kind === "number" && !Number.isInteger(value.value);
    return refuse(state, key, argument, {
      expected: `a whole number from ${low} to ${high}`,
      hint: fraction ? roundingHint(kind, argument) : `Give a whole number from ${low} to ${high}.`,
      code: "value/not-whole",
    });
  };
}

export function readNumber({ wanted, accepts }: NumberKind): Reader<number> {
  return (state, key, argument) =>
    argument.value.kind === "number" && accepts(argument.value.value)
      ? argument.value.value
      : refuse(state, key, argument, { expected: wanted, hint: `Give ${wanted}.` });
}

/** Reads one number for both axes, or `[vertical, horizontal]`. */
export function readPair(low: 0 | 1): Reader<Pair> {
  return (state, key, argument) => {
    const { value } = argument;
    const each = readWhole(whole(low, MAX_EXTENT));
    if (value.kind !== "list") {
      const both = each(state, key, argument);
      return both === null ? null : [both, both];
    }
    const [first, second, ...more] = value.elements;
    if (first === undefined || second === undefined || more.length > 0) {
      return refuse(state, key, argument, { expected: "one number or two", hint: 'Write "3", "3x3" or "[k, 1]".' });
    }
    const vertical = each(state, key, elementOf(argument, 0, first));
    const horizontal = each(state, key, elementOf(argument, 1, second));
    return vertical === null || horizontal === null ? null : [vertical, horizontal];
  };
}

/** Reads one number for every side, or a list with a number for each of so many sides. */
function readSides(names: readonly string[], most: number): Reader<readonly number[]> {
  const side = readWhole(whole(0, most));
  const written = `[${names.join(", ")}]`;
  return (state, key, argument) => {
    const { value } = argument;
    if (value.kind !== "list") {
      const one = side(state, key, argument);
      return one === null ? null : names.map(() => one);
    }
    if (value.elements.length !== names.length) {
      const expected = `one number or ${counted(names.length, "number")} in a list`;
      return refuse(state, key, argument, { expected, hint: `Write one number for all, or "${written}".` });
    }
    return complete(value.elements.map((element, i) => side(state, key, elementOf(argument, i, element))));
  };
}

/** Reads `[top, bottom, left, right]`, or one number for all sides. */
export const readMargins: Reader<Pads> = (state, key, argument) => {
  const sides = readSides(["top", "bottom", "left", "right"], MAX_EXTENT)(state, key, argument);
  if (sides === null) return null;
  const [top = 0, bottom = 0, left = 0, right = 0] = sides;
  return [top, bottom, left, right];
};

/** Reads `[before, after]`, or one number for both. */
export const readEnds: Reader<Ends> = (state, key, argument) => {
  const sides = readSides(["before", "after"], MAX_CHANNELS)(state, key, argument);
  if (sides === null) return null;
  const [before = 0, after = 0] = sides;
  return [before, after];
};

/** Reads a list of whole extents: `[h, w, c]`, `[n]`, or dims. */
export function readExtents(counts: readonly number[]): Reader<readonly number[]> {
  return (state, key, argument) => {
    const { value } = argument;
    const elements: readonly Value[] = value.kind === "list" ? value.elements : value.kind === "number" ? [value] : [];
    if (elements.length === 0 || !counts.includes(elements.length)) {
      const forms = counts.map((count) => (count === 3 ? "[h, w, c]" : "[n]")).join(" or ");
      return refuse(state, key, argument, { expected: forms, hint: `Write ${forms}.`, code: "shape/rank" });
    }
    const extent = (axis: number) => readWhole(whole(1, axis === elements.length - 1 ? MAX_CHANNELS : MAX_EXTENT));
    return complete(elements.map((element, axis) => extent(axis)(state, key, elementOf(argument, axis, element))));
  };
}

/** Reads one number for all channels, or a list with a number for each. */
export function readPerChannel(channels: number, each: NumberKind): Reader<readonly number[]> {
  const number = readNumber(each);
  return (state, key, argument) => {
    const { value, expression, scope } = argument;
    if (value.kind !== "list") {
      const one = number(state, key, argument);
      return one === null ? null : Array.from({ length: channels }, () => one);
    }
    const { elements } = value;
    if (elements.length !== channels) {
      reportAtExpression(state, {
        code: "attribute/value",
        expression,
        scope,
        message: `"${key}" lists ${counted(elements.length, "number")}, and the input has ${channels} channels.`,
        hint: "Give one number for all channels, or one for each.",
      });
      return null;
    }
    return complete(elements.map((element, index) => number(state, key, elementOf(argument, index, element))));
  };
}

/** Reads the elements of a list. Returns null if one of them is in error. */
export function complete<T>(elements: readonly (T | null)[]): readonly T[] | null {
  const read = elements.filter((element) => element !== null);
  return read.length < elements.length ? null : read;
}
