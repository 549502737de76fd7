import type { Expression, FileItem, Statement } from "../syntax/ast.ts";

/** Names that some items read: values and functions, and blocks. */
export interface UsedNames {
  readonly values: ReadonlySet<string>;
  readonly blocks: ReadonlySet<string>;
}

/** One walk. A name counts as read wherever it stands in an expression, be it shadowed or not. */
export function usedNames(items: readonly FileItem[]): UsedNames {
  const values = new Set<string>();
  const blocks = new Set<string>();

  function read(expression: Expression | null): void {
    switch (expression?.kind) {
      case "reference":
        values.add(expression.name);
        return;
      case "list":
        for (const element of expression.elements) read(element);
        return;
      case "call":
        values.add(expression.callee.text);
        for (const { value } of expression.args) read(value);
        return;
      case "unary":
        read(expression.operand);
        return;
      case "binary":
        read(expression.left);
        read(expression.right);
        return;
      case undefined:
      case "number":
      case "dims":
      case "string":
      case "boolean":
      case "input-extent":
      case "hole":
        return;
    }
  }

  function readAll(statements: readonly Statement[]): void {
    for (const statement of statements) readStatement(statement);
  }

  function readStatement(statement: Statement): void {
    if ("attributes" in statement) for (const { value } of statement.attributes) read(value);
    switch (statement.kind) {
      case "call-statement":
        blocks.add(statement.callee.text);
        for (const expression of statement.positional) read(expression);
        read(statement.expectedShape);
        return;
      case "table":
        blocks.add(statement.block.text);
        for (const { through } of statement.header) if (through !== null) values.add(through.text);
        for (const { cells } of statement.rows) for (const { value } of cells) read(value);
        return;
      case "branch":
        for (const { body } of statement.paths) readAll(body);
        read(statement.expectedShape);
        return;
      case "if":
        read(statement.condition);
        readAll(statement.then);
        readAll(statement.otherwise ?? []);
        return;
      case "let":
        read(statement.value);
        return;
      case "param":
        read(statement.value);
        for (const bound of [statement.range?.low, statement.range?.high, statement.range?.step]) read(bound ?? null);
        return;
      case "input":
        read(statement.shape);
        return;
      case "assert":
        read(statement.bound);
        return;
      case "default":
      case "output":
        return;
    }
  }

  for (const item of items) {
    switch (item.kind) {
      case "network":
      case "block":
        for (const { value } of item.attributes) read(value);
        if (item.kind === "block") for (const { value } of item.parameters) read(value);
        readAll(item.body);
        break;
      case "let":
        read(item.value);
        break;
      case "preset":
        for (const { value } of item.args) read(value);
        break;
      case "import":
        break;
    }
  }
  return { values, blocks };
}
