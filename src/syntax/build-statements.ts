import { rewriteFix } from "../diagnostics/rewrite-fix.ts";
import type { IToken } from "chevrotain";
import type {
  BranchStatementCstNode,
  IfStatementCstNode,
  LabelledStatementCstNode,
  StatementBodyCstNode,
  StatementCstChildren,
  StatementCstNode,
} from "../../generated/cst-types.ts";
import { limits } from "../../grammar/limits.ts";
import { didYouMean } from "../text/did-you-mean.ts";
import type { BranchPath, BranchStatement, IfStatement, Statement } from "./ast.ts";
import {
  buildAssert,
  buildDefault,
  buildInput,
  buildLet,
  buildOutput,
  buildParam,
  type Placement,
} from "./build-body-declarations.ts";
import { buildCall } from "./build-call.ts";
import { buildName, docAt, first, nodeSpan, report, tokenSpan, type BuildContext } from "./build-context.ts";
import { buildExpression, buildOrigin, buildPath, buildShape } from "./build-expressions.ts";

export function buildBody(
  context: BuildContext,
  body: StatementBodyCstNode | undefined,
  placement: Placement,
): readonly Statement[] {
  return (body?.children.statement ?? []).flatMap((statement) => buildStatement(context, statement, placement) ?? []);
}

type Rule = keyof StatementCstChildren;
type RuleNode<R extends Rule> = NonNullable<StatementCstChildren[R]>[number];
type Builder<Node> = (context: BuildContext, node: Node, placement: Placement) => Statement | null;

/**
 * The function that builds each statement of the grammar. The type checker requires an entry for each new statement.
 */
const builders: { readonly [R in Rule]: Builder<RuleNode<R>> } = {
  labelledStatement: buildLabelled,
  ifStatement: buildIf,
  letDeclaration: buildLet,
  defaultDeclaration: buildDefault,
  paramDeclaration: buildParam,
  inputDeclaration: buildInput,
  outputDeclaration: buildOutput,
  assertDeclaration: buildAssert,
};

const rules = Object.keys(builders) as readonly Rule[];

function buildStatement(context: BuildContext, { children }: StatementCstNode, placement: Placement): Statement | null {
  const rule = rules.find((candidate) => children[candidate] !== undefined);
  return rule === undefined ? null : buildRule(rule, context, children, placement);
}

function buildRule<R extends Rule>(
  rule: R,
  context: BuildContext,
  children: { readonly [Q in R]?: readonly RuleNode<Q>[] },
  placement: Placement,
): Statement | null {
  const node = first<RuleNode<R>>(children[rule]);
  return node === undefined ? null : builders[rule](context, node, placement);
}

/* ---------------------------------------------------------------- layers, blocks, tables, branches */

function buildLabelled(context: BuildContext, node: LabelledStatementCstNode, placement: Placement): Statement | null {
  const label = first(node.children.label);
  const branch = first(node.children.branchStatement);
  if (branch) return buildBranch(context, branch, label, placement);
  const call = first(node.children.callStatement);
  return call ? buildCall(context, call, label) : null;
}

const joins = ["add", "sub", "mul", "concat", "none"];
/** Other frameworks' names for the joins. They are not treated as misspellings of a similar join. */
const foreignJoins: ReadonlyMap<string, string> = new Map([
  ["sum", "add"],
  ["plus", "add"],
  ["minus", "sub"],
  ["subtract", "sub"],
  ["multiply", "mul"],
  ["cat", "concat"],
  ["concatenate", "concat"],
]);

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
    const near = foreignJoins.get(join.text) ?? didYouMean(join.text, joins);
    report(
      context,
      "syntax/unknown-join",
      join.span,
      `A branch joins with add, sub, mul or concat, not "${join.text}".`,
      {
        hint: near ? `Did you mean "${near}"?` : "Write add, sub, mul or concat; none leaves the paths apart.",
        ...rewriteFix(join.span, near),
      },
    );
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
  const fewest = join.text === "none" ? 1 : 2;
  if (body && paths.length < fewest && !context.hasErrorIn(span.start, span.end)) {
    const count = paths.length === 1 ? "one path" : "no path";
    report(context, "syntax/few-paths", join.span, `This branch has ${count}, but a branch requires two or more.`, {
      hint: 'Add a path. An empty path, "path { }", returns its input unchanged.',
    });
  }
  const expected = first(node.children.shape);
  return {
    kind: "branch",
    doc: docAt(context, span.start),
    label: label ? buildName(context, label, span.start) : null,
    join,
    from: buildOrigin(context, first(node.children.origin), own.end),
    paths,
    expectedShape: expected ? buildShape(context, expected, own.end) : null,
    span,
  };
}

/** Builds an `if` from its last arm to its first, so that a long `else if` chain causes no recursion. */
function buildIf(context: BuildContext, node: IfStatementCstNode, placement: Placement): IfStatement {
  const { If, condition, statementBody, otherwise } = node.children;
  const span = nodeSpan(context, node, 0);
  const arms = placement.arms + If.length;
  if (arms > limits.arms) {
    const message = `This "if" has arms ${String(arms)} deep, but at most ${String(limits.arms)} are allowed.`;
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
