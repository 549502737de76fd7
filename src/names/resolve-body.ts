import type {
  BranchStatement,
  InputDeclaration,
  LetDeclaration,
  Name,
  ParamDeclaration,
  Statement,
} from "../syntax/ast.ts";
import { expressionsOf } from "../syntax/visit.ts";
import { tell, tellDefinition, type Resolution } from "./declaration-names.ts";
import { defineArgument, defineLabel, defineLet, defineNamed } from "./define.ts";
import { resolveAttributes } from "./resolve-attributes.ts";
import { resolveCall, resolveDefault } from "./resolve-call.ts";
import { resolveExpression } from "./resolve-expression.ts";
import { resolveTable } from "./resolve-table.ts";
import type { ValueScope } from "./value-scope.ts";

type Kind = Statement["kind"];
type StatementOf<K extends Kind> = Extract<Statement, { readonly kind: K }>;
type Resolver<S> = (resolution: Resolution, scope: ValueScope, statement: S) => void;

/** How the names of each statement are resolved. A new kind does not compile until it is listed here. */
const resolvers: { readonly [K in Kind]: Resolver<StatementOf<K>> } = {
  "call-statement": (resolution, scope, statement) => {
    tellLabel(resolution, statement);
    resolveCall(resolution, scope, statement);
  },
  table: (resolution, scope, statement) => {
    tellLabel(resolution, statement);
    resolveTable(resolution, scope, statement);
  },
  branch: resolveBranch,
  if: (resolution, scope, { condition, then, otherwise }) => {
    resolveExpression(resolution, scope, condition);
    resolveBody(resolution, scope, then);
    resolveBody(resolution, scope, otherwise ?? []);
  },
  let: resolveLet,
  param: resolveParam,
  default: resolveDefault,
  input: resolveInput,
  output: (resolution, _scope, statement) => tellDefinition(resolution, defineNamed(statement)),
  assert: (resolution, scope, { subject, bound }) => {
    if (subject.kind === "metric") tell(resolution, subject.span, { kind: "metric", metric: subject.metric });
    resolveExpression(resolution, scope, bound);
  },
};

/** Resolves the statements of a body in order of text. What they declare is added to the scope. */
export function resolveBody(resolution: Resolution, scope: ValueScope, body: readonly Statement[]): void {
  for (const statement of body) resolveStatement(resolution, scope, statement.kind, statement);
}

function resolveStatement<K extends Kind>(
  resolution: Resolution,
  scope: ValueScope,
  kind: K,
  statement: StatementOf<K>,
): void {
  resolvers[kind](resolution, scope, statement);
}

function resolveBranch(resolution: Resolution, scope: ValueScope, branch: BranchStatement): void {
  tellLabel(resolution, branch);
  if (branch.expectedShape !== null) resolveExpression(resolution, scope, branch.expectedShape);
  for (const path of branch.paths) {
    tellLabel(resolution, path);
    resolveBody(resolution, scope, path.body);
  }
}

function tellLabel(
  resolution: Resolution,
  { label, doc }: { readonly label: Name | null; readonly doc: string | null },
): void {
  if (label !== null) tellDefinition(resolution, defineLabel(label, doc));
}

/** Resolves a `let`. Its arguments can be named in its value alone, and its own name after it. */
export function resolveLet(resolution: Resolution, scope: ValueScope, declaration: LetDeclaration): void {
  const { parameters, value } = declaration;
  const definition = defineLet(declaration);
  tellDefinition(resolution, definition);
  const inner = parameters === null ? scope : { ...scope, own: new Map(scope.own) };
  for (const parameter of parameters ?? []) {
    const argument = defineArgument(parameter, declaration);
    tellDefinition(resolution, argument);
    inner.own.set(argument.name, argument);
  }
  resolveExpression(resolution, inner, value);
  scope.own.set(definition.name, definition);
}

function resolveParam(resolution: Resolution, scope: ValueScope, declaration: ParamDeclaration): void {
  for (const expression of expressionsOf(declaration)) resolveExpression(resolution, scope, expression);
  const definition = defineNamed(declaration);
  tellDefinition(resolution, definition);
  scope.own.set(definition.name, definition);
}

function resolveInput(resolution: Resolution, scope: ValueScope, declaration: InputDeclaration): void {
  tellDefinition(resolution, defineNamed(declaration));
  if (declaration.shape !== null) resolveExpression(resolution, scope, declaration.shape);
  resolveAttributes(resolution, scope, declaration.attributes, {
    name: "An input",
    keys: ["mean", "std"],
    meaningOf: (key) => ({ kind: "key", owner: "input", key }),
  });
}
