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

/** The kind of a body. It decides which declarations are allowed in the body. */
export interface Placement {
  readonly home: "network" | "block";
  readonly inPath: boolean;
  readonly inArm: boolean;
  /** The number of `if` and `else if` arms around the body. */
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
  checkPlace(context, "param", first(Param), placement, { inBlock: false, inArm: false });
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
  checkPlace(context, "input", first(node.children.Input), placement, { inBlock: true, inArm: false });
  const { shape } = node.children;
  const input: InputDeclaration = {
    kind: "input",
    doc: docAt(context, span.start),
    name: buildName(context, first(node.children.name), span.end),
    shape: shape === undefined ? null : buildShape(context, first(shape), span.end),
    attributes: buildAttributes(context, node.children.attribute),
    span,
  };
  checkInputShape(context, input, placement.home);
  return input;
}

export function buildOutput(
  context: BuildContext,
  node: OutputDeclarationCstNode,
  placement: Placement,
): OutputDeclaration {
  const span = nodeSpan(context, node, 0);
  checkPlace(context, "output", first(node.children.Output), placement, { inBlock: true, inArm: true });
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
  checkPlace(context, "assert", first(Assert), placement, { inBlock: false, inArm: true });
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

/** Says where a declaration is allowed besides a network: in a block, and in an arm of an `if`. */
interface Allowed {
  readonly inBlock: boolean;
  readonly inArm: boolean;
}

/** Reports a declaration in a block, a path or an arm in which it is not allowed. */
function checkPlace(
  context: BuildContext,
  keyword: string,
  token: IToken | undefined,
  { home, inPath, inArm }: Placement,
  allowed: Allowed,
): void {
  const inBlock = home === "block" && !allowed.inBlock;
  const wrong = inBlock ? "a block" : inPath ? "a path" : inArm && !allowed.inArm ? 'an arm of an "if"' : null;
  if (wrong === null || !token) return;
  const homes = allowed.inBlock ? "a network or a block" : "a network";
  report(context, "syntax/misplaced", tokenSpan(context, token), `"${keyword}" stands in ${homes}, not in ${wrong}.`, {
    hint: inBlock ? "Move it into a network." : `Move it to the top of the ${home}.`,
  });
}

/** Reports an input of a network without a shape, and an input of a block with one. */
function checkInputShape(
  context: BuildContext,
  { name, shape, attributes, span }: InputDeclaration,
  home: string,
): void {
  if (name.text === "" || context.hasErrorIn(span.start, span.end)) return;
  const [extra] = [shape, ...attributes].filter((part) => part !== null);
  if (home === "network" && shape === null) {
    report(context, "syntax/input-shape", name.span, `The input "${name.text}" has no shape.`, {
      hint: `Write its height, width and channels: "input ${name.text} [224, 224, 3]".`,
    });
  } else if (home === "block" && extra !== undefined) {
    report(
      context,
      "syntax/input-shape",
      extra.span,
      "An input of a block takes the shape of the value that it is given.",
      {
        hint: `Write "input ${name.text}" alone.`,
      },
    );
  }
}
