import { rewriteFix } from "../../diagnostics/rewrite-fix.ts";
import type { Padding } from "../../ir/window.ts";
import { whole } from "../../language/kinds.ts";
import { MAX_EXTENT } from "../../language/limits.ts";
import { paddings } from "../../language/words/paddings.ts";
import { didYouMean } from "../../text/did-you-mean.ts";
import { elementOf } from "../values/argument.ts";
import { reportAtExpression } from "../values/blame.ts";
import type { Argument } from "../environment.ts";
import type { LoweringState } from "../state.ts";
import { describe, describeKind, isUnknown } from "../values/value.ts";
import { complete, readWhole } from "./read-number.ts";
import { refuse, type Reader } from "./reader.ts";

/** Reads one of several words without settings. */
export function readWord<Name extends string>(words: Readonly<Record<Name, unknown>>): Reader<Name> {
  const names = Object.keys(words) as Name[];
  return (state, key, argument) => {
    const { value } = argument;
    const found =
      value.kind === "symbol" && value.args.length === 0 ? names.find((name) => name === value.name) : undefined;
    return found ?? refuseWord(state, key, argument, names);
  };
}

/** Reports a value that is none of the words that its key takes, unless it is unknown. */
export function refuseWord(state: LoweringState, key: string, argument: Argument, names: readonly string[]): null {
  const { value, expression, scope } = argument;
  if (isUnknown(value)) return null;
  const near = value.kind === "symbol" ? didYouMean(value.name, names) : null;
  const quoted = value.kind === "string" ? names.find((name) => name === value.value) : undefined;
  // A word that came through a parameter or a let has to be corrected where it was written, which is elsewhere.
  const written = expression.kind === "reference" && value.kind === "symbol" && expression.name === value.name;
  reportAtExpression(state, {
    code: "attribute/value",
    expression,
    scope,
    message: `"${key}" does not take ${describeKind(value)}.`,
    hint:
      quoted !== undefined
        ? `Write it without the quotes: ${quoted}.`
        : near === null
          ? `${names.length === 1 ? "Write" : "Choose one of"} ${names.join(", ")}.`
          : `Did you mean "${near}"?`,
    ...rewriteFix(expression.span, written ? near : null),
  });
  return null;
}

export const readBoolean: Reader<boolean> = (state, key, argument) =>
  argument.value.kind === "boolean"
    ? argument.value.value
    : refuse(state, key, argument, {
        expected: "true or false",
        hint: `Write "${key}=true" or "${key}=false".`,
      });

/** Reads true, false or `auto`. The norm of the layer decides what `auto` stands for. */
export const readBias: Reader<boolean | "auto"> = (state, key, argument) => {
  if (argument.value.kind === "symbol" && argument.value.name === "auto") return "auto";
  return argument.value.kind === "boolean"
    ? argument.value.value
    : refuse(state, key, argument, {
        expected: "true, false or auto",
        hint: `Write "${key}=true", "${key}=false" or "${key}=auto".`,
      });
};

export const readPadding: Reader<Padding> = (state, key, argument) => {
  const { value } = argument;
  if (value.kind === "number") {
    const sides = Array.from({ length: 4 }, () => describe(value)).join(", ");
    return refuse(state, key, argument, {
      expected: "same, valid, torch or a list of four",
      hint: `Write "padding=torch" for PyTorch's usual padding, or each side: "padding=[${sides}]".`,
    });
  }
  if (value.kind !== "list") return readWord(paddings)(state, key, argument);
  const [top, bottom, left, right, ...more] = value.elements;
  if (top === undefined || bottom === undefined || left === undefined || right === undefined || more.length > 0) {
    return refuse(state, key, argument, {
      expected: "four numbers in a list",
      hint: 'Write "[top, bottom, left, right]", "same", "valid" or "torch".',
    });
  }
  const side = readWhole(whole(0, MAX_EXTENT));
  const sides = complete(value.elements.map((element, index) => side(state, key, elementOf(argument, index, element))));
  if (sides === null) return null;
  const [t = 0, b = 0, l = 0, r = 0] = sides;
  return [t, b, l, r];
};
