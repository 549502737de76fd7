import type { Argument, Scope } from "../lower/environment.ts";
import type { Trace } from "../lower/trace.ts";
import type { Expression } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import { referencesIn } from "./expression-references.ts";
import { syntaxOf } from "./file-context.ts";
import type { Holder } from "./syntax-index.ts";

/** The place where a value was written. For a block's parameter it is the row or statement that gave the parameter its value. */
export interface Origin {
  readonly expression: Expression;
  readonly scope: Scope;
  /** The attribute, cell or parameter whose whole value the expression is; null for a part of a larger expression. */
  readonly holder: Holder | null;
  /** `key=value` for an attribute, else the expression. */
  readonly span: Span;
}

/** Follows references to block parameters outwards. Stops at a computed value, at a let and at a param. */
export function originOf(trace: Trace, argument: Pick<Argument, "expression" | "scope">): Origin {
  let { expression, scope } = argument;
  for (;;) {
    const given = expression.kind === "reference" ? parameterValue(trace, expression.name, scope) : null;
    if (given === null) break;
    ({ expression, scope } = given);
  }
  const holder = syntaxOf(scope.file).holders.get(expression) ?? null;
  const span =
    holder?.kind === "attribute"
      ? holder.attribute.span
      : holder?.kind === "parameter"
        ? holder.parameter.span
        : expression.span;
  return { expression, scope, holder, span };
}

/**
 * Returns the origin of the first block parameter in a computed value, followed outwards to the row or statement that gave it. Without
 * such a parameter it returns the value's own origin.
 */
export function causeOf(trace: Trace, argument: Pick<Argument, "expression" | "scope">): Origin {
  const own = originOf(trace, argument);
  for (const expression of referencesIn(own.expression)) {
    if (parameterValue(trace, expression.name, own.scope) === null) continue;
    return causeOf(trace, { expression, scope: own.scope });
  }
  return own;
}

/** Returns the argument of a block's parameter, or its default; null if the name is no parameter. */
function parameterValue(trace: Trace, name: string, scope: Scope): Pick<Argument, "expression" | "scope"> | null {
  let owner: Scope | null = scope;
  while (owner !== null && !owner.values.has(name)) owner = owner.parent;
  // A path of a branch shares the names of the block it stands in.
  if (owner === null || owner.block === null) return null;
  const use = trace.blocks[owner.block];
  const parameter = use?.block.declaration.parameters.find((candidate) => candidate.name.text === name);
  if (use === undefined || parameter === undefined) return null;
  const argument = use.args.get(name);
  if (argument !== undefined) return argument;
  return parameter.value === null ? null : { expression: parameter.value, scope: owner };
}

/** Returns a place that the user can edit. Instead of a place in the block library it is the row or statement that used the block. */
export function userPlace(scope: Scope, span: Span): Span {
  return scope.file.fromLibrary && scope.useSite !== null ? scope.useSite : span;
}
