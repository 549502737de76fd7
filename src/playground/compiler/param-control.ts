import type { Value } from "../../lower/environment.ts";
import type { ParamDeclaration } from "../../syntax/ast.ts";
import { functionNames } from "../../language/words/activations.ts";
import { describe } from "../../lower/values/value.ts";
import type { OpenDocument } from "./open-document.ts";
import { declaredParams } from "./declared-params.ts";

interface ControlFields {
  readonly name: string;
  /** The doc comment of the declaration. */
  readonly doc: string | null;
  /** The value as text, in the form that `--set` accepts. */
  readonly value: string;
  readonly fallback: string;
}

/** The control with which a reader sets one param of a network. */
export type ParamControl = ControlFields &
  (
    | { readonly kind: "slider"; readonly low: number; readonly high: number; readonly step: number }
    /** One of a list. */
    | { readonly kind: "choice"; readonly choices: readonly string[] }
    /** A number without a range, or a text. */
    | { readonly kind: "field"; readonly numeric: boolean }
  );

/**
 * Returns the controls of the shown network, in the order of its params. A param whose default has an error has no
 * control.
 */
export function paramControls({ document, state, network, view }: OpenDocument): readonly ParamControl[] {
  if (network === null || view === null) return [];
  const declared = state.program.networks.get(network);
  const given = declared?.kind === "preset" ? declared.args : [];
  return declaredParams(state.program, network).flatMap((param) => {
    const { text: name } = param.name;
    const own = given.find((argument) => argument.name?.text === name)?.value ?? param.value;
    return controlOf(param, view.valueOf(own), document.params[name] ?? null, view.valueOf) ?? [];
  });
}

function controlOf(
  { name, doc, range }: ParamDeclaration,
  fallback: Value,
  set: string | null,
  valueOf: (expression: ParamDeclaration["value"]) => Value,
): ParamControl | null {
  const fields = { name: name.text, doc, value: set ?? describe(fallback), fallback: describe(fallback) };
  switch (fallback.kind) {
    case "number": {
      if (range === null) return { ...fields, kind: "field", numeric: true };
      const low = numberOf(valueOf(range.low));
      const high = numberOf(valueOf(range.high));
      const step = range.step === null ? null : numberOf(valueOf(range.step));
      if (low === null || high === null || low >= high) return { ...fields, kind: "field", numeric: true };
      return { ...fields, kind: "slider", low, high, step: step ?? stepOf(low, high, fallback.value) };
    }
    case "boolean":
      return { ...fields, kind: "choice", choices: ["true", "false"] };
    case "string":
      return { ...fields, value: set ?? fallback.value, fallback: fallback.value, kind: "field", numeric: false };
    case "symbol":
      return fallback.args.length === 0 && functionNames.some((name) => name === fallback.name)
        ? { ...fields, kind: "choice", choices: functionNames }
        : null;
    case "list":
    case "unknown":
      return null;
  }
}

function numberOf(value: Value): number | null {
  return value.kind === "number" ? value.value : null;
}

/**
 * Returns the step of a range that declares none: 0.05 for fractions, else the largest step that reaches the default
 * from the low end and leaves at least eight steps in the range.
 */
function stepOf(low: number, high: number, fallback: number): number {
  if (![low, high, fallback].every(Number.isInteger)) return 0.05;
  const fits = [32, 16, 8, 4, 2].find((step) => (fallback - low) % step === 0 && (high - low) / step >= 8);
  return fits ?? 1;
}
