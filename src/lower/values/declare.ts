import type { DefaultDeclaration, Expression, LetDeclaration, Name } from "../../syntax/ast.ts";
import type { Span } from "../../text/span.ts";
import { setDefault } from "./defaults.ts";
import { evaluate } from "./evaluate.ts";
import { functionNames } from "../../language/functions.ts";
import { defaultableAttributes, signatureOf } from "../../language/op-signatures.ts";
import type { Scope, Value } from "../environment.ts";
import { reportError, type LoweringState } from "../state.ts";
import { symbolNames } from "../../language/symbols.ts";
import { UNKNOWN } from "./value.ts";

/** Binds a name to a value. Reports a name that is taken or reserved and does not bind it. */
export function bindValue(
  state: LoweringState,
  scope: Scope,
  name: Name,
  value: Value,
  { origin = null, written = null }: { readonly origin?: Span | null; readonly written?: Span | null } = {},
): void {
  if (name.text === "") return;
  if (isTaken(state, scope, name)) {
    // What was meant by the name is open, so nothing it stands in is judged.
    scope.values.set(name.text, { value: UNKNOWN, declared: name.span, origin: null, written: null });
    return;
  }
  scope.values.set(name.text, { value, declared: name.span, origin, written });
}

/** Returns the place of a value that is written out, or null for a computed value. A fault of a written value is reported there for every use. */
export function literalSpan(expression: Expression): Span | null {
  switch (expression.kind) {
    case "number":
    case "boolean":
    case "string":
    case "dims":
      return expression.span;
    case "unary":
      return literalSpan(expression.operand) === null ? null : expression.span;
    default:
      return null;
  }
}

export function declareLet(state: LoweringState, scope: Scope, declaration: LetDeclaration): void {
  const { name } = declaration;
  if (declaration.parameters === null) {
    bindValue(state, scope, name, evaluate(state, scope, declaration.value), {
      written: literalSpan(declaration.value),
    });
    return;
  }
  for (const parameter of declaration.parameters) isReserved(state, parameter);
  if (name.text !== "" && !isTaken(state, scope, name)) {
    scope.functions.set(name.text, { declaration, scope });
  }
}

/** Evaluates `default OP key=value …`. The defaults apply to the statements after it. */
export function declareDefault(state: LoweringState, scope: Scope, declaration: DefaultDeclaration): void {
  const signature = signatureOf(declaration.op.text);
  if (signature === null) return;
  for (const { key, value } of declaration.attributes) {
    if (!defaultableAttributes.includes(key.text) || !signature.attributes.includes(key.text)) continue;
    setDefault(scope.defaults, declaration.op.text, key.text, {
      value: evaluate(state, scope, value),
      expression: value,
      scope,
    });
  }
}

function isTaken(state: LoweringState, scope: Scope, name: Name): boolean {
  if (isReserved(state, name)) return true;
  const earlier = scope.values.get(name.text)?.declared ?? scope.functions.get(name.text)?.declaration.name.span;
  if (earlier === undefined) return false;
  reportError(state, "name/duplicate", name.span, `There is a value "${name.text}" already.`, {
    hint: "Rename one of them.",
    related: [{ message: "declared here first", span: earlier }],
  });
  return true;
}

function isReserved(state: LoweringState, name: Name): boolean {
  const what = symbolNames.has(name.text) ? "a symbol" : functionNames.has(name.text) ? "a function" : null;
  if (what === null) return false;
  reportError(
    state,
    "name/reserved",
    name.span,
    `"${name.text}" is ${what} of the language, so no value can have that name.`,
    {
      hint: `Choose another name, "${name.text}_".`,
    },
  );
  return true;
}
