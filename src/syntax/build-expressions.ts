import { rewriteFix } from "../diagnostics/rewrite-fix.ts";
import type { CstNode, IToken } from "chevrotain";
import type {
  AttributeCstNode,
  CallArgumentsCstNode,
  ExpressionCstNode,
  InputExtentCstNode,
  ListCstNode,
  NameOrCallCstNode,
  OriginCstNode,
  ParenthesisedCstNode,
  PathReferenceCstNode,
  PrimaryCstNode,
  ShapeCstNode,
} from "../../generated/cst-types.ts";
import { dimsValues, numberValue } from "../../grammar/lexer.ts";
import * as t from "../../grammar/tokens.ts";
import { cover, type Span } from "../text/span.ts";
import type { Attribute, BinaryOperator, CallArgument, Expression, Hole, PathReference } from "./ast.ts";
import {
  buildName,
  checkArguments,
  first,
  nodeSpan,
  report,
  reportDuplicateKeys,
  tokenSpan,
  type BuildContext,
} from "./build-context.ts";
import { didYouMean } from "../text/did-you-mean.ts";

/**
 * The precedence of each operator: a higher number binds tighter. `not` is between `and` and the comparisons; unary
 * `-` binds tightest.
 */
const precedence: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  "==": 4,
  "!=": 4,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "%": 6,
};
const notPrecedence = 3;
const comparisonPrecedence = 4;
/** The loosest operator of an expression in which comparisons and conditions are not allowed. */
export const arithmeticPrecedence = 5;
const unaryPrecedence = 7;

export function hole(context: BuildContext, node: CstNode | undefined, fallback: number): Hole {
  return { kind: "hole", span: nodeSpan(context, node, fallback) };
}

/**
 * Builds an expression.
 *
 * @param loosest Operators that bind looser are reported. Only the bound of an assert sets this argument.
 */
export function buildExpression(
  context: BuildContext,
  node: ExpressionCstNode | undefined,
  fallback: number,
  loosest = 1,
): Expression {
  if (!node || node.recoveredNode) return hole(context, node, fallback);
  const { primary, prefix = [], operator = [] } = node.children;
  // If an operand has an error, the chain cannot be ordered.
  if (primary.some(({ recoveredNode }) => recoveredNode)) return hole(context, node, fallback);
  const only = first(primary);
  if (only && primary.length === 1 && prefix.length === 0) return buildPrimary(context, only, fallback);
  const chain = new OperatorChain(context, primary, prefix, operator);
  const expression = chain.parse(loosest);
  const left = chain.rest();
  if (left) {
    const message = `An assert holds one comparison, and "${left.image}" follows it.`;
    chain.refuse(left, message, "Write one assert for each budget.");
  }
  return chain.failed ? hole(context, node, fallback) : expression;
}

/** Orders one flat chain of operands, operators and prefixes by precedence climbing. */
class OperatorChain {
  failed = false;
  private readonly context: BuildContext;
  private readonly operands: readonly PrimaryCstNode[];
  private readonly prefixes: readonly IToken[];
  private readonly operators: readonly IToken[];
  private operand = 0;
  private prefix = 0;
  private operator = 0;
  /**
   * The span of the last operand with its parentheses. The span of an operator includes them, but that of a name does
   * not.
   */
  private lastSpan: Span = { file: "", start: 0, end: 0 };

  constructor(
    context: BuildContext,
    operands: readonly PrimaryCstNode[],
    prefixes: readonly IToken[],
    operators: readonly IToken[],
  ) {
    this.context = context;
    this.operands = operands;
    this.prefixes = prefixes;
    this.operators = operators;
  }

  /** Returns the operator that no level consumed, or undefined if none is left. */
  rest(): IToken | undefined {
    return this.operators[this.operator];
  }

  refuse(token: IToken, message: string, hint: string, code = "syntax/unexpected-token"): void {
    if (!this.failed) report(this.context, code, tokenSpan(this.context, token), message, { hint });
    this.failed = true;
  }

  parse(loosest: number): Expression {
    let { node, span } = this.unary(loosest);
    for (;;) {
      const token = this.operators[this.operator];
      if (!token) return node;
      const operator = token.image as BinaryOperator;
      const binds = precedence[operator];
      if (binds < loosest) return node;
      this.operator++;
      const right = this.parse(binds + 1);
      const outer = cover(span, this.lastSpan);
      if (binds === comparisonPrecedence) this.refuseChain(token);
      node = { kind: "binary", operator, left: node, right, span: outer };
      span = outer;
      this.lastSpan = outer;
    }
  }

  private refuseChain(earlier: IToken): void {
    const next = this.operators[this.operator];
    if (!next || precedence[next.image as BinaryOperator] !== comparisonPrecedence) return;
    this.refuse(
      next,
      `Comparisons do not chain, and "${next.image}" follows "${earlier.image}".`,
      'Join two comparisons with "and".',
      "syntax/comparison-chain",
    );
  }

  private unary(loosest: number): { node: Expression; span: Span } {
    const token = this.prefixes[this.prefix];
    const operand = this.operands[this.operand];
    const start = operand?.location?.startOffset ?? Infinity;
    if (token && token.startOffset < start) {
      this.prefix++;
      const isNot = token.tokenType === t.Not;
      if (isNot && loosest > notPrecedence) {
        this.refuse(token, '"not" binds looser than what stands before it.', "Put it in parentheses: (not …).");
      }
      const inner = isNot ? this.parse(notPrecedence) : this.unary(unaryPrecedence).node;
      const span = cover(tokenSpan(this.context, token), this.lastSpan);
      this.lastSpan = span;
      return { node: { kind: "unary", operator: isNot ? "not" : "-", operand: inner, span }, span };
    }
    this.operand++;
    const span = nodeSpan(this.context, operand, 0);
    this.lastSpan = span;
    return { node: operand ? buildPrimary(this.context, operand, span.start) : { kind: "hole", span }, span };
  }
}

export function buildPrimary(context: BuildContext, node: PrimaryCstNode, fallback: number): Expression {
  const { literal, nameOrCall, list, parenthesised, inputExtent } = node.children;
  const token = first(literal);
  if (token) return buildLiteral(context, token);
  const call = first(nameOrCall);
  if (call) return buildNameOrCall(context, call, fallback);
  const elements = first(list);
  if (elements) return buildList(context, elements, fallback);
  const inner = first(parenthesised);
  if (inner) return buildParenthesised(context, inner, fallback);
  const extent = first(inputExtent);
  if (extent) return buildInputExtent(context, extent, fallback);
  return hole(context, node, fallback);
}

function buildLiteral(context: BuildContext, token: IToken): Expression {
  const span = tokenSpan(context, token);
  switch (token.tokenType) {
    case t.NumberToken: {
      const value = numberValue(token.image);
      return Number.isFinite(value) ? { kind: "number", value, span } : { kind: "hole", span };
    }
    case t.Dims: {
      const values = dimsValues(token.image);
      return values.every(Number.isFinite) ? { kind: "dims", values, span } : { kind: "hole", span };
    }
    case t.StringToken:
      return { kind: "string", value: stringValue(token), span };
    case t.True:
      return { kind: "boolean", value: true, span };
    case t.False:
      return { kind: "boolean", value: false, span };
    default:
      return { kind: "hole", span };
  }
}

/** Returns the text of a string. Every string that matches the token's pattern is valid JSON. */
export function stringValue(token: IToken): string {
  return JSON.parse(token.image) as string;
}

function buildNameOrCall(context: BuildContext, node: NameOrCallCstNode, fallback: number): Expression {
  const token = first(node.children.name);
  const args = first(node.children.callArguments);
  if (!token || node.recoveredNode) return hole(context, node, fallback);
  if (!args) return { kind: "reference", name: token.image, span: tokenSpan(context, token) };
  if (args.recoveredNode) return hole(context, node, fallback);
  const span = nodeSpan(context, node, fallback);
  return { kind: "call", callee: buildName(context, token, fallback), args: buildArguments(context, args), span };
}

export function buildArguments(context: BuildContext, node: CallArgumentsCstNode): readonly CallArgument[] {
  const args = (node.children.callArgument ?? []).map((argument): CallArgument => {
    const span = nodeSpan(context, argument, nodeSpan(context, node, 0).end);
    const name = first(argument.children.name);
    return {
      name: name ? buildName(context, name, span.start) : null,
      value: buildExpression(context, first(argument.children.expression), span.end),
      span,
    };
  });
  checkArguments(context, args);
  return args;
}

function buildList(context: BuildContext, node: ListCstNode, fallback: number): Expression {
  const span = nodeSpan(context, node, fallback);
  if (node.recoveredNode) return { kind: "hole", span };
  const elements = (node.children.expression ?? []).map((element) => buildExpression(context, element, span.end));
  return { kind: "list", elements, span };
}

/**
 * Builds an expression in parentheses. They make no node. The span of an operator inside includes them; the span of
 * any other expression does not.
 */
function buildParenthesised(context: BuildContext, node: ParenthesisedCstNode, fallback: number): Expression {
  const span = nodeSpan(context, node, fallback);
  if (node.recoveredNode) return { kind: "hole", span };
  const inner = buildExpression(context, first(node.children.expression), span.end);
  return inner.kind === "binary" || inner.kind === "unary" ? { ...inner, span } : inner;
}

const axes = ["h", "w", "c"] as const;

function buildInputExtent(context: BuildContext, node: InputExtentCstNode, fallback: number): Expression {
  const span = nodeSpan(context, node, fallback);
  const token = first(node.children.axis);
  if (node.recoveredNode || !token) return { kind: "hole", span };
  const axis = axes.find((known) => known === token.image);
  if (axis) return { kind: "input-extent", axis, span };
  const near = didYouMean(token.image, axes) ?? guessAxis(token.image);
  report(context, "syntax/unknown-extent", tokenSpan(context, token), `The input has no "${token.image}".`, {
    hint: near ? `Did you mean "in.${near}"?` : "Write in.h, in.w or in.c.",
    ...rewriteFix(tokenSpan(context, token), near),
  });
  return { kind: "hole", span };
}

function guessAxis(word: string): string | null {
  return axes.find((axis) => word.toLowerCase().startsWith(axis)) ?? null;
}

export function buildAttributes(
  context: BuildContext,
  nodes: readonly AttributeCstNode[] | undefined,
): readonly Attribute[] {
  if (!nodes) return [];
  const attributes = nodes.map((node): Attribute => {
    const span = nodeSpan(context, node, 0);
    return {
      kind: "attribute",
      key: buildName(context, first(node.children.key), span.start),
      value: buildExpression(context, first(node.children.expression), span.end),
      span,
    };
  });
  reportDuplicateKeys(context, attributes);
  return attributes;
}

export function buildShape(context: BuildContext, node: ShapeCstNode | undefined, fallback: number): Expression {
  const dims = first(node?.children.Dims);
  if (dims) return buildLiteral(context, dims);
  const list = first(node?.children.list);
  return list ? buildList(context, list, fallback) : hole(context, node, fallback);
}

/** Returns the paths that `from=` names, or none if there is no `from=`. */
export function buildOrigin(
  context: BuildContext,
  node: OriginCstNode | undefined,
  fallback: number,
): readonly PathReference[] {
  return (node?.children.pathReference ?? []).map((path) => buildPath(context, path, fallback));
}

export function buildPath(
  context: BuildContext,
  node: PathReferenceCstNode | undefined,
  fallback: number,
): PathReference {
  const span = nodeSpan(context, node, fallback);
  const parts = (node?.children.part ?? []).map((part) => buildName(context, part, fallback));
  return { kind: "path-reference", parts, span };
}
