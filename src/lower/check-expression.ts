import { rewriteFix } from "../diagnostics/rewrite-fix.ts";
import type { Expression, Name } from "../syntax/ast.ts";
import { didYouMean } from "../text/did-you-mean.ts";
import { functionNames } from "../language/functions.ts";
import { wordElsewhere } from "../language/op-elsewhere.ts";
import { signatureOf, symbolsTaken } from "../language/op-signatures.ts";
import type { ProgramFile } from "../program/program.ts";
import { reportError, type LoweringState } from "./state.ts";
import { symbolNames, symbolsWithSettings } from "../language/symbols.ts";

/** Names a body can use, growing as it is read. */
export interface Names {
  readonly file: ProgramFile;
  readonly known: Set<string>;
}

export function checkExpression(state: LoweringState, names: Names, expression: Expression): void {
  switch (expression.kind) {
    case "reference": {
      const { name, span } = expression;
      if (isKnown(names, name)) return;
      reportUnknownValue(
        state,
        { kind: "name", text: name, span },
        [...names.known, ...symbolNames],
        "value",
        "name/unknown-value",
      );
      return;
    }
    case "call":
      for (const argument of expression.args) checkExpression(state, names, argument.value);
      if (expression.callee.text !== "" && !isCallable(names, expression.callee.text)) {
        const callee: Name = { ...expression.callee, span: expression.span };
        reportUnknownValue(state, callee, [...functionNames, ...names.known], "function", "name/unknown-function");
      }
      return;
    case "list":
      for (const element of expression.elements) checkExpression(state, names, element);
      return;
    case "unary":
      checkExpression(state, names, expression.operand);
      return;
    case "binary":
      checkExpression(state, names, expression.left);
      checkExpression(state, names, expression.right);
      return;
    default:
      return;
  }
}

/** An argument of an op or block; a name that stands for nothing where the op takes certain words is held against them. */
export function checkArgument(
  state: LoweringState,
  names: Names,
  op: string,
  key: string,
  expression: Expression,
): void {
  const taken = key === "residual" || signatureOf(op) !== null ? symbolsTaken(op, key) : null;
  if (taken === null || expression.kind !== "reference" || isKnown(names, expression.name)) {
    checkExpression(state, names, expression);
    return;
  }
  const elsewhere = wordElsewhere(expression.name);
  const near =
    elsewhere !== null && taken.includes(elsewhere)
      ? elsewhere
      : didYouMean(expression.name, [...taken, ...names.known]);
  // Where the op itself is named by its one argument ("act relu"), the argument's name says nothing to the reader.
  const owner = signatureOf(op)?.positional.includes(key) === true ? op : key;
  reportError(state, "name/unknown-value", expression.span, `"${owner}" takes no "${expression.name}".`, {
    hint:
      near === null
        ? `${taken.length === 1 ? "Write" : "Choose one of"} ${taken.join(", ")}.`
        : `Did you mean "${near}"?`,
    ...rewriteFix(expression.span, near),
  });
}

function isKnown(names: Names, name: string): boolean {
  return name === "" || names.known.has(name) || symbolNames.has(name) || functionNames.has(name);
}

function isCallable(names: Names, name: string): boolean {
  return names.known.has(name) || functionNames.has(name) || symbolsWithSettings.has(name) || symbolNames.has(name);
}

export function reportUnknownValue(
  state: LoweringState,
  name: Name,
  known: readonly string[],
  what: string,
  code: string,
): void {
  const near = didYouMean(name.text, known);
  reportError(state, code, name.span, `There is no ${what} "${name.text}" here.`, {
    hint:
      near !== null
        ? `Did you mean "${near}"?`
        : what === "function"
          ? `Declare it above, "let ${name.text}(x) = …"; a block does not see the network's.`
          : "Declare it above, in this body or as a parameter; a block does not see the network's values.",
    // The span of an unknown function is its whole call.
    ...rewriteFix({ ...name.span, end: name.span.start + name.text.length }, near),
  });
}
