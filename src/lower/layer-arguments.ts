import type { CallStatement } from "../syntax/ast.ts";
import type { Argument, Scope } from "./environment.ts";
import { lookupDefault } from "./values/defaults.ts";
import { evaluate } from "./values/evaluate.ts";
import { countedParameters } from "../language/functions.ts";
import type { LayerArguments } from "./lower-layer.ts";
import { argumentOf, defaultableAttributes, signatureOf } from "../language/op-signatures.ts";
import { reportError, type LoweringState } from "./state.ts";

/**
 * Returns the arguments of an op's statement by name, with the defaults that apply to the others. Reports a fault and returns null
 * if arguments are missing or too many. `check-names` reports unknown attributes.
 */
export function layerArguments(state: LoweringState, scope: Scope, statement: CallStatement): LayerArguments | null {
  const op = statement.callee.text;
  const signature = signatureOf(op);
  if (signature === null) return null;
  const { positional } = statement;
  const most = signature.positional.length;
  const least = most - signature.optional;
  // `check-names` reports a positional argument that is given by name, which is why it is missing here.
  if (statement.attributes.some(({ key }) => signature.positional.includes(key.text))) return null;
  if (positional.length < least || positional.length > most) {
    const wanted =
      most === 0 ? "no arguments" : `${countedParameters(least, most)} (${signature.positional.join(", ")})`;
    const place = positional.length > most ? (positional[most]?.span ?? statement.span) : statement.callee.span;
    reportError(state, "call/argument-count", place, `"${op}" takes ${wanted}, but is given ${positional.length}.`, {
      hint: `Write it like "${signature.usage}".`,
    });
    return null;
  }
  const args = new Map<string, Argument>();
  for (const [index, expression] of positional.entries()) {
    const name = signature.positional[index];
    if (name !== undefined) args.set(name, { value: evaluate(state, scope, expression), expression, scope });
  }
  for (const { key, value } of statement.attributes) {
    if (signature.attributes.includes(key.text)) {
      args.set(key.text, { value: evaluate(state, scope, value), expression: value, scope });
    }
  }
  for (const key of signature.attributes) {
    if (args.has(key) || !defaultableAttributes.includes(key)) continue;
    // A default of all pools' padding is meant for those that have a window.
    const needs = argumentOf(op, key)?.needs ?? null;
    if (needs !== null && !args.has(needs.argument)) continue;
    const fallback = lookupDefault(scope.defaults, op, key);
    if (fallback !== null) args.set(key, fallback);
  }
  return args;
}
