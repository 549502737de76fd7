import type { Attribute, Expression, FileItem, Statement, TableCell } from "./ast.ts";

/*
 * The only walk over the tree. It lists the children of every kind of statement, expression and declaration. The type checker requires an entry for each new kind, and code that only walks needs no change.
 */

/** An expression of a statement, with its role in the statement. */
export type Slot =
  | { readonly role: "positional"; readonly expression: Expression }
  | { readonly role: "attribute"; readonly expression: Expression; readonly attribute: Attribute }
  | { readonly role: "cell"; readonly expression: Expression; readonly cell: TableCell }
  /** What a `let` or a `param` is set to. */
  | { readonly role: "value"; readonly expression: Expression }
  /** An end or the step of a param's range. */
  | { readonly role: "range"; readonly expression: Expression }
  | { readonly role: "condition"; readonly expression: Expression }
  /** What an input says of its shape, and what a layer or branch says of its result's. */
  | { readonly role: "shape" | "expected-shape"; readonly expression: Expression }
  | { readonly role: "bound"; readonly expression: Expression };

const nothing: readonly never[] = [];

/**
 * Returns the expressions of a statement with their roles, in the order of the text. The expressions of nested
 * statements are not included.
 */
export function slotsOf(statement: Statement): readonly Slot[] {
  switch (statement.kind) {
    case "call-statement":
      return [
        ...statement.positional.map((expression): Slot => ({ role: "positional", expression })),
        ...attributeSlots(statement.attributes),
        ...expectedShapeSlots(statement.expectedShape),
      ];
    case "table":
      return [...attributeSlots(statement.attributes), ...statement.rows.flatMap(({ cells }) => cellSlots(cells))];
    case "branch":
      return expectedShapeSlots(statement.expectedShape);
    case "if":
      return [{ role: "condition", expression: statement.condition }];
    case "let":
      return [{ role: "value", expression: statement.value }];
    case "param": {
      const { value, range } = statement;
      const ends = range === null ? nothing : [range.low, range.high, range.step].filter((end) => end !== null);
      return [{ role: "value", expression: value }, ...ends.map((expression): Slot => ({ role: "range", expression }))];
    }
    case "default":
      return attributeSlots(statement.attributes);
    case "input":
      return [
        ...(statement.shape === null ? nothing : [{ role: "shape", expression: statement.shape } as const]),
        ...attributeSlots(statement.attributes),
      ];
    case "output":
      return nothing;
    case "assert":
      return [{ role: "bound", expression: statement.bound }];
  }
}

function attributeSlots(attributes: readonly Attribute[]): readonly Slot[] {
  return attributes.map((attribute) => ({ role: "attribute", expression: attribute.value, attribute }));
}

function cellSlots(cells: readonly TableCell[]): readonly Slot[] {
  return cells.flatMap((cell): readonly Slot[] =>
    cell.value === null ? nothing : [{ role: "cell", expression: cell.value, cell }],
  );
}

function expectedShapeSlots(shape: Expression | null): readonly Slot[] {
  return shape === null ? nothing : [{ role: "expected-shape", expression: shape }];
}

/**
 * Returns the expressions of a statement, in the order of the text. The expressions of nested statements are not
 * included.
 */
export function expressionsOf(statement: Statement): readonly Expression[] {
  return slotsOf(statement).map(({ expression }) => expression);
}

/** Returns the bodies of a statement, in the order of the text: the arms of an `if`, the paths of a branch. */
export function bodiesOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case "branch":
      return statement.paths.map(({ body }) => body);
    case "if":
      return statement.otherwise === null ? [statement.then] : [statement.then, statement.otherwise];
    case "call-statement":
    case "table":
    case "let":
    case "param":
    case "default":
    case "input":
    case "output":
    case "assert":
      return nothing;
  }
}

/** Returns the statements directly inside a statement, in the order of the text. */
export function childrenOf(statement: Statement): readonly Statement[] {
  return bodiesOf(statement).flat();
}

/** Returns the direct subexpressions of an expression, from left to right. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "list":
      return expression.elements;
    case "call":
      return expression.args.map(({ value }) => value);
    case "unary":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "number":
    case "dims":
    case "string":
    case "boolean":
    case "reference":
    case "input-extent":
    case "hole":
      return nothing;
  }
}

/** Returns the body of a declaration, or an empty body if it has none. */
export function bodyOf(item: FileItem): readonly Statement[] {
  switch (item.kind) {
    case "network":
    case "block":
      return item.body;
    case "import":
    case "preset":
    case "let":
      return nothing;
  }
}

/** Returns the expressions of a declaration outside its body, in the order of the text. */
export function headExpressions(item: FileItem): readonly Expression[] {
  switch (item.kind) {
    case "network":
      return item.attributes.map(({ value }) => value);
    case "block":
      return [
        ...item.parameters.map(({ value }) => value).filter((value) => value !== null),
        ...item.attributes.map(({ value }) => value),
      ];
    case "preset":
      return item.args.map(({ value }) => value);
    case "let":
      return [item.value];
    case "import":
      return nothing;
  }
}

/** Calls `visit` for every statement of a body in order of text; a statement comes before those inside it. */
export function walkStatements(
  body: readonly Statement[],
  visit: (statement: Statement, body: readonly Statement[]) => void,
): void {
  for (const statement of body) {
    visit(statement, body);
    for (const inner of bodiesOf(statement)) walkStatements(inner, visit);
  }
}

/** Calls `visit` for an expression and everything in it, from left to right; an expression comes before those inside it. */
export function walkExpression(expression: Expression, visit: (expression: Expression) => void): void {
  visit(expression);
  for (const operand of operandsOf(expression)) walkExpression(operand, visit);
}

/** Returns true if the test is true for an expression or for a subexpression. */
export function someExpression(expression: Expression, test: (expression: Expression) => boolean): boolean {
  return test(expression) || operandsOf(expression).some((operand) => someExpression(operand, test));
}

/** Calls `visit` for every expression of a file's declarations, from the outside in. */
export function walkExpressions(items: readonly FileItem[], visit: (expression: Expression) => void): void {
  for (const item of items) {
    for (const expression of headExpressions(item)) walkExpression(expression, visit);
    walkStatements(bodyOf(item), (statement) => {
      for (const expression of expressionsOf(statement)) walkExpression(expression, visit);
    });
  }
}
