import type { IToken } from "chevrotain";
import type {
  AssertDeclarationCstNode,
  DefaultDeclarationCstNode,
  InputDeclarationCstNode,
  LetDeclarationCstNode,
  OutputDeclarationCstNode,
  ParamDeclarationCstNode,
} from "../../generated/cst-types.ts";
import type {
  AssertDeclaration,
  ComparisonOperator,
  DefaultDeclaration,
  InputDeclaration,
  LetDeclaration,
  OutputDeclaration,
  ParamDeclaration,
} from "./ast.ts";
import { buildAssertSubject } from "./build-assert-subject.ts";
import {
  buildName,
  docAt,
  first,
  nodeSpan,
  report,
  reportDuplicates,
  tokenSpan,
  type BuildContext,
} from "./build-context.ts";
import {
  arithmeticPrecedence,
  buildAttributes,
  buildExpression,
  buildPath,
  buildShape,
  stringValue,
} from "./build-expressions.ts";

/** Where a body stands. It decides what may be declared there. */
export interface Placement {
  readonly home: "network" | "block";
  readonly inPath: boolean;
  readonly inArm: boolean;
  /** The number of `if` arms and `else if`s around the body. */
  readonly arms: number;
}

export function buildLet(context: BuildContext, node: LetDeclarationCstNode): LetDeclaration {
  const span = nodeSpan(context, node, 0);
  const { name, CallParen, parameter, expression } = node.children;
  const parameters = CallParen ? (parameter ?? []).map((token) => buildName(context, token, span.end)) : null;
  if (parameters) reportDuplicates(context, parameters, "syntax/duplicate-parameter", "parameter");
  return {
    kind: "let",
    doc: docAt(context, span.start),
    name: buildName(context, first(name), span.end),
    parameters,
    value: buildExpression(context, first(expression), span.end),
    span,
  };
}

export function buildParam(
  context: BuildContext,
  node: ParamDeclarationCstNode,
  placement: Placement,
): ParamDeclaration {
  const span = nodeSpan(context, node, 0);
  const { Param, name, value, In, low, high, step, stepValue } = node.children;
  checkPlace(context, "param", first(Param), placement, false);
  return {
    kind: "param",
    doc: docAt(context, span.start),
    name: buildName(context, first(name), span.end),
    value: buildExpression(context, first(value), span.end),
    range: In
      ? {
          low: buildExpression(context, first(low), span.end),
          high: buildExpression(context, first(high), span.end),
          step: step ? buildExpression(context, first(stepValue), span.end) : null,
        }
      : null,
    span,
  };
}

export function buildDefault(context: BuildContext, node: DefaultDeclarationCstNode): DefaultDeclaration {
  const span = nodeSpan(context, node, 0);
  return {
    kind: "default",
    op: buildName(context, first(node.children.op), span.end),
    attributes: buildAttributes(context, node.children.attribute),
    span,
  };
}

export function buildInput(
  context: BuildContext,
  node: InputDeclarationCstNode,
  placement: Placement,
): InputDeclaration {
  const span = nodeSpan(context, node, 0);
  checkPlace(context, "input", first(node.children.Input), placement, false);
  return {
    kind: "input",
    doc: docAt(context, span.start),
    name: buildName(context, first(node.children.name), span.end),
    shape: buildShape(context, first(node.children.shape), span.end),
    attributes: buildAttributes(context, node.children.attribute),
    span,
  };
}

export function buildOutput(
  context: BuildContext,
  node: OutputDeclarationCstNode,
  placement: Placement,
): OutputDeclaration {
  const span = nodeSpan(context, node, 0);
  checkPlace(context, "output", first(node.children.Output), placement, true);
  return {
    kind: "output",
    doc: docAt(context, span.start),
    name: buildName(context, first(node.children.name), span.end),
    path: buildPath(context, first(node.children.pathReference), span.end),
    span,
  };
}

export function buildAssert(
  context: BuildContext,
  node: AssertDeclarationCstNode,
  placement: Placement,
): AssertDeclaration {
  const span = nodeSpan(context, node, 0);
  const { Assert, subject, pathReference, RParen, comparison, bound, why } = node.children;
  checkPlace(context, "assert", first(Assert), placement, true);
  const reason = first(why);
  return {
    kind: "assert",
    subject: buildAssertSubject(context, first(subject), first(pathReference), first(RParen), span),
    operator: (first(comparison)?.image ?? "==") as ComparisonOperator,
    bound: buildExpression(context, first(bound), span.end, arithmeticPrecedence),
    why: reason ? stringValue(reason) : null,
    span,
  };
}

/** Reports a `param`, `input`, `output` or `assert` outside of a network, or in one of its paths; the first two also in an arm. */
function checkPlace(
  context: BuildContext,
  keyword: string,
  token: IToken | undefined,
  { home, inPath, inArm }: Placement,
  armAllowed: boolean,
): void {
  const wrong = home === "block" ? "a block" : inPath ? "a path" : inArm && !armAllowed ? 'an arm of an "if"' : null;
  if (wrong === null || !token) return;
  report(context, "syntax/misplaced", tokenSpan(context, token), `"${keyword}" stands in a network, not in ${wrong}.`, {
    hint: home === "block" ? "Move it into a network." : "Move it to the top of the network.",
  });
}
