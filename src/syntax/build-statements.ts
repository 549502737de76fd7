import { rewriteFix } from "../diagnostics/rewrite-fix.ts";
import type { IToken } from "chevrotain";
import type {
  AssertDeclarationCstNode,
  BranchStatementCstNode,
  CallStatementCstNode,
  DefaultDeclarationCstNode,
  IfStatementCstNode,
  InputDeclarationCstNode,
  LabelledStatementCstNode,
  LetDeclarationCstNode,
  OutputDeclarationCstNode,
  ParamDeclarationCstNode,
  StatementBodyCstNode,
  StatementCstNode,
} from "../../generated/cst-types.ts";
import { limits } from "../../grammar/limits.ts";
import type {
  AssertDeclaration,
  BranchPath,
  BranchStatement,
  ComparisonOperator,
  DefaultDeclaration,
  IfStatement,
  InputDeclaration,
  LetDeclaration,
  OutputDeclaration,
  ParamDeclaration,
  Statement,
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
  buildPrimary,
  buildShape,
  stringValue,
} from "./build-expressions.ts";
import { buildTable } from "./build-table.ts";
import { didYouMean } from "../text/did-you-mean.ts";

/** Where a body stands, which decides what may be declared in it. */
export interface Placement {
  readonly home: "network" | "block";
  readonly inPath: boolean;
  readonly inArm: boolean;
  /** `if` arms and `else if`s along the way here. */
  readonly arms: number;
}

export function buildBody(
  context: BuildContext,
  body: StatementBodyCstNode | undefined,
  placement: Placement,
): readonly Statement[] {
  return (body?.children.statement ?? []).flatMap((statement) => buildStatement(context, statement, placement) ?? []);
}

function buildStatement(context: BuildContext, node: StatementCstNode, placement: Placement): Statement | null {
  const child = node.children;
  const labelled = first(child.labelledStatement);
  if (labelled) return buildLabelled(context, labelled, placement);
  const conditional = first(child.ifStatement);
  if (conditional) return buildIf(context, conditional, placement);
  const binding = first(child.letDeclaration);
  if (binding) return buildLet(context, binding);
  const preset = first(child.defaultDeclaration);
  if (preset) return buildDefault(context, preset);
  const param = first(child.paramDeclaration);
  if (param) return buildParam(context, param, placement);
  const input = first(child.inputDeclaration);
  if (input) return buildInput(context, input, placement);
  const output = first(child.outputDeclaration);
  if (output) return buildOutput(context, output, placement);
  const assertion = first(child.assertDeclaration);
  if (assertion) return buildAssert(context, assertion, placement);
  return null;
}

/* ---------------------------------------------------------------- layers, blocks, tables, branches */

function buildLabelled(context: BuildContext, node: LabelledStatementCstNode, placement: Placement): Statement | null {
  const label = first(node.children.label);
  const branch = first(node.children.branchStatement);
  if (branch) return buildBranch(context, branch, label, placement);
  const call = first(node.children.callStatement);
  return call ? buildCall(context, call, label) : null;
}

function buildCall(context: BuildContext, node: CallStatementCstNode, label: IToken | undefined): Statement {
  const own = nodeSpan(context, node, label?.startOffset ?? 0);
  const span = label ? { ...own, start: label.startOffset } : own;
  const { callee, primary = [], attribute, shape, tableBody } = node.children;
  const common = {
    doc: docAt(context, span.start),
    label: label ? buildName(context, label, span.start) : null,
    span,
  };
  const name = buildName(context, first(callee), own.start);
  const positional = primary.map((value) => buildPrimary(context, value, own.end));
  const attributes = buildAttributes(context, attribute);
  const body = first(tableBody);
  if (!body) {
    const expected = first(shape);
    const expectedShape = expected ? buildShape(context, expected, own.end) : null;
    return { kind: "call-statement", ...common, callee: name, positional, attributes, expectedShape };
  }
  const [extra] = positional;
  if (extra) {
    report(context, "syntax/table-argument", extra.span, "A value without a name stands before the brace of a table.", {
      hint: "Give it a name, key=value, or make it a column.",
    });
  }
  return { kind: "table", ...common, block: name, attributes, ...buildTable(context, body, name) };
}

const joins = ["add", "mul", "concat"];

function buildBranch(
  context: BuildContext,
  node: BranchStatementCstNode,
  label: IToken | undefined,
  placement: Placement,
): BranchStatement {
  const own = nodeSpan(context, node, label?.startOffset ?? 0);
  const span = label ? { ...own, start: label.startOffset } : own;
  const join = buildName(context, first(node.children.join), own.end);
  if (join.text !== "" && !joins.includes(join.text)) {
    const near = didYouMean(join.text, joins);
    report(context, "syntax/unknown-join", join.span, `A branch joins with add, mul or concat, not "${join.text}".`, {
      hint: near ? `Did you mean "${near}"?` : "Write add, mul or concat.",
      ...rewriteFix(join.span, near),
    });
  }
  const body = first(node.children.branchBody);
  const paths = (body?.children.branchPath ?? []).map((path): BranchPath => {
    const pathSpan = nodeSpan(context, path, own.end);
    const pathLabel = first(path.children.label);
    const from = first(path.children.pathReference);
    return {
      kind: "path",
      doc: docAt(context, pathSpan.start),
      label: pathLabel ? buildName(context, pathLabel, pathSpan.start) : null,
      from: from ? buildPath(context, from, pathSpan.end) : null,
      body: buildBody(context, first(path.children.statementBody), { ...placement, inPath: true, inArm: false }),
      span: pathSpan,
    };
  });
  if (body && paths.length < 2 && !context.hasErrorIn(span.start, span.end)) {
    const count = paths.length === 1 ? "one path" : "no path";
    report(context, "syntax/few-paths", join.span, `This branch has ${count}, and a branch has two or more.`, {
      hint: 'Add a path; an empty one, "path { }", passes its input on.',
    });
  }
  const expected = first(node.children.shape);
  return {
    kind: "branch",
    doc: docAt(context, span.start),
    label: label ? buildName(context, label, span.start) : null,
    join,
    paths,
    expectedShape: expected ? buildShape(context, expected, own.end) : null,
    span,
  };
}

/** From the last arm to the first, so that a long `else if` chain needs no stack. */
function buildIf(context: BuildContext, node: IfStatementCstNode, placement: Placement): IfStatement {
  const { If, condition, statementBody, otherwise } = node.children;
  const span = nodeSpan(context, node, 0);
  const arms = placement.arms + If.length;
  if (arms > limits.arms) {
    const message = `This "if" has arms ${String(arms)} deep, and they may be ${String(limits.arms)} deep.`;
    report(context, "syntax/too-deep", tokenSpan(context, If[0] as IToken), message, {
      hint: "Split it, or use select(…) in a let.",
    });
    return { kind: "if", condition: { kind: "hole", span }, then: [], otherwise: null, span };
  }
  const arm: Placement = { ...placement, inArm: true, arms };
  const last = first(otherwise);
  let rest: readonly Statement[] | null = last ? buildBody(context, last, arm) : null;
  for (let i = If.length - 1; i > 0; i--) rest = [buildArm(i, rest)];
  return buildArm(0, rest);

  function buildArm(index: number, following: readonly Statement[] | null): IfStatement {
    const start = If[index]?.startOffset ?? span.start;
    const test = condition[index];
    const end = nodeSpan(context, test, start).end;
    return {
      kind: "if",
      condition: buildExpression(context, test ? first(test.children.expression) : undefined, end),
      then: buildBody(context, statementBody[index], arm),
      otherwise: following,
      span: { ...span, start },
    };
  }
}

/* ---------------------------------------------------------------- declarations in a body */

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

function buildParam(context: BuildContext, node: ParamDeclarationCstNode, placement: Placement): ParamDeclaration {
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

function buildDefault(context: BuildContext, node: DefaultDeclarationCstNode): DefaultDeclaration {
  const span = nodeSpan(context, node, 0);
  return {
    kind: "default",
    op: buildName(context, first(node.children.op), span.end),
    attributes: buildAttributes(context, node.children.attribute),
    span,
  };
}

function buildInput(context: BuildContext, node: InputDeclarationCstNode, placement: Placement): InputDeclaration {
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

function buildOutput(context: BuildContext, node: OutputDeclarationCstNode, placement: Placement): OutputDeclaration {
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

function buildAssert(context: BuildContext, node: AssertDeclarationCstNode, placement: Placement): AssertDeclaration {
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

/** `param`, `input`, `output` and `assert` stand in a network, not in its paths; the first two not in an arm either. */
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
