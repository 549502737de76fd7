import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Expression, FileItem, Statement } from "../../src/syntax/ast.ts";
import { parseFile } from "../../src/syntax/parse.ts";
import {
  bodyOf,
  bodiesOf,
  childrenOf,
  expressionsOf,
  someExpression,
  walkExpressions,
  walkStatements,
} from "../../src/syntax/visit.ts";
import { createSource } from "../../src/text/source.ts";
import { printProgram } from "./print-program.ts";
import { program } from "./random-program.ts";

const statementKinds = [
  "call-statement",
  "table",
  "branch",
  "if",
  "let",
  "param",
  "default",
  "input",
  "output",
  "assert",
];
const expressionKinds = [
  ...["number", "dims", "string", "boolean", "list", "reference", "input-extent", "call", "unary", "binary", "hole"],
];

/** Every object of a tree that has one of some kinds: what a walk must meet, found without one. */
function nodesOf(tree: unknown, kinds: readonly string[]): ReadonlySet<unknown> {
  const found = new Set<unknown>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("kind" in value && kinds.includes(String(value.kind))) found.add(value);
    for (const part of Object.values(value)) visit(part);
  };
  visit(tree);
  return found;
}

function statementsOf(items: readonly FileItem[]): readonly Statement[] {
  const statements: Statement[] = [];
  for (const item of items) walkStatements(bodyOf(item), (statement) => statements.push(statement));
  return statements;
}

function expressionsIn(items: readonly FileItem[]): readonly Expression[] {
  const expressions: Expression[] = [];
  walkExpressions(items, (expression) => expressions.push(expression));
  return expressions;
}

function itemsOf(text: string): readonly FileItem[] {
  return parseFile(createSource("n.mnet", text)).file.items;
}

describe("the walk over the tree", () => {
  it("meets every statement and every expression once", () => {
    fc.assert(
      fc.property(program, (items) => {
        const statements = statementsOf(items);
        expect(new Set(statements)).toEqual(nodesOf(items.map(bodyOf), statementKinds));
        expect(new Set(statements).size).toBe(statements.length);
        const expressions = expressionsIn(items);
        expect(new Set(expressions)).toEqual(nodesOf(items, expressionKinds));
        expect(new Set(expressions).size).toBe(expressions.length);
      }),
    );
  });

  it("goes in order of text", () => {
    fc.assert(
      fc.property(program, (items) => {
        const starts = statementsOf(itemsOf(printProgram(items))).map(({ span }) => span.start);
        expect(starts).toEqual(starts.toSorted((a, b) => a - b));
      }),
    );
  });

  it("gives an `if` its condition and both arms, and a branch its paths", () => {
    const text =
      "block a(c) {\n  if c > 1 {\n    flatten\n  } else {\n    squeeze\n    flatten\n  }\n  branch add {\n    path { }\n    path {\n      flatten\n    }\n  }\n}\n";
    const [condition, branch] = itemsOf(text).flatMap(bodyOf);
    if (condition === undefined || branch === undefined) throw new Error("a statement is missing");
    expect(expressionsOf(condition).map(({ kind }) => kind)).toEqual(["binary"]);
    expect(bodiesOf(condition).map(({ length }) => length)).toEqual([1, 2]);
    expect(childrenOf(condition)).toHaveLength(3);
    expect(bodiesOf(branch).map(({ length }) => length)).toEqual([0, 1]);
  });

  it("finds an expression at any depth", () => {
    const [item] = itemsOf("let a = [1, -f(2 * in.c, b)]\nblock u() {\n}\n");
    if (item?.kind !== "let") throw new Error("the let is missing");
    expect(someExpression(item.value, ({ kind }) => kind === "input-extent")).toBe(true);
    expect(someExpression(item.value, ({ kind }) => kind === "string")).toBe(false);
  });
});
