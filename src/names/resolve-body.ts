import type { InputDeclaration, LetDeclaration, Name, ParamDeclaration, Statement } from "../syntax/ast.ts";
import { expressionsOf } from "../syntax/visit.ts";
import { tell, tellDefinition, type Resolution } from "./declaration-names.ts";
import { defineArgument, defineLabel, defineLet, defineNamed } from "./define.ts";
import { resolveAttributes } from "./resolve-attributes.ts";
import { resolveCall, resolveDefault } from "./resolve-call.ts";
import { resolveExpression } from "./resolve-expression.ts";
import { resolveTable } from "./resolve-table.ts";
import type { ValueScope } from "./value-scope.ts";

/** Resolves the statements of a body in order of text. What they declare is added to the scope. */
export function resolveBody(resolution: Resolution, scope: ValueScope, body: readonly Statement[]): void {
  for (const statement of body) resolveStatement(resolution, scope, statement);
}

function resolveStatement(resolution: Resolution, scope: ValueScope, statement: Statement): void {
  switch (statement.kind) {
    case "call-statement":
      tellLabel(resolution, statement);
      resolveCall(resolution, scope, statement);
      return;
    case "table":
      tellLabel(resolution, statement);
      resolveTable(resolution, scope, statement);
      return;
    case "branch":
      tellLabel(resolution, statement);
      if (statement.expectedShape !== null) resolveExpression(resolution, scope, statement.expectedShape);
      for (const path of statement.paths) {
        tellLabel(resolution, path);
        resolveBody(resolution, scope, path.body);
      }
      return;
    case "if":
      resolveExpression(resolution, scope, statement.condition);
      resolveBody(resolution, scope, statement.then);
      resolveBody(resolution, scope, statement.otherwise ?? []);
      return;
    case "let":
      resolveLet(resolution, scope, statement);
      return;
    case "param":
      resolveParam(resolution, scope, statement);
      return;
    case "default":
      resolveDefault(resolution, scope, statement);
      return;
    case "input":
      resolveInput(resolution, scope, statement);
      return;
    case "output":
      tellDefinition(resolution, defineNamed(statement));
      return;
    case "assert": {
      const { subject, bound } = statement;
      if (subject.kind === "metric") tell(resolution, subject.span, { kind: "metric", metric: subject.metric });
      resolveExpression(resolution, scope, bound);
      return;
    }
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
  resolveExpression(resolution, scope, declaration.shape);
  resolveAttributes(resolution, scope, declaration.attributes, {
    name: "An input",
    keys: ["mean", "std"],
    meaningOf: (key) => ({ kind: "key", owner: "input", key }),
  });
}
