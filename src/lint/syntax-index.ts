import type {
  Attribute,
  BlockDeclaration,
  BlockParameter,
  Expression,
  LetDeclaration,
  NetworkDeclaration,
  ParamDeclaration,
  SourceFile,
  Statement,
  TableCell,
} from "../syntax/ast.ts";

/** What an expression is the whole value of. */
export type Holder =
  | { readonly kind: "attribute"; readonly attribute: Attribute; readonly owner: Statement | Declaration }
  | { readonly kind: "positional"; readonly owner: Statement }
  | { readonly kind: "cell"; readonly cell: TableCell; readonly owner: Statement }
  | { readonly kind: "parameter"; readonly parameter: BlockParameter; readonly owner: BlockDeclaration }
  | { readonly kind: "value"; readonly owner: LetDeclaration | ParamDeclaration };

type Declaration = NetworkDeclaration | BlockDeclaration;

/** Where things stand in a file's tree. */
export interface SyntaxIndex {
  /** What an expression belongs to; nothing for a part of a larger expression. */
  readonly holders: ReadonlyMap<Expression, Holder>;
  /** The body that a statement stands in. */
  readonly bodies: ReadonlyMap<Statement, readonly Statement[]>;
}

/** One walk over the tree. */
export function indexSyntax(file: SourceFile): SyntaxIndex {
  const holders = new Map<Expression, Holder>();
  const bodies = new Map<Statement, readonly Statement[]>();

  function attributesOf(attributes: readonly Attribute[], owner: Statement | Declaration): void {
    for (const attribute of attributes) holders.set(attribute.value, { kind: "attribute", attribute, owner });
  }

  function body(statements: readonly Statement[]): void {
    for (const owner of statements) {
      bodies.set(owner, statements);
      switch (owner.kind) {
        case "call-statement":
          for (const expression of owner.positional) holders.set(expression, { kind: "positional", owner });
          attributesOf(owner.attributes, owner);
          break;
        case "table":
          attributesOf(owner.attributes, owner);
          for (const row of owner.rows) {
            for (const cell of row.cells)
              if (cell.value !== null) holders.set(cell.value, { kind: "cell", cell, owner });
          }
          break;
        case "branch":
          for (const path of owner.paths) body(path.body);
          break;
        case "if":
          body(owner.then);
          body(owner.otherwise ?? []);
          break;
        case "let":
        case "param":
          holders.set(owner.value, { kind: "value", owner });
          break;
        case "default":
        case "input":
          attributesOf(owner.attributes, owner);
          break;
        case "output":
        case "assert":
          break;
      }
    }
  }

  for (const item of file.items) {
    if (item.kind === "let") holders.set(item.value, { kind: "value", owner: item });
    if (item.kind === "network") {
      attributesOf(item.attributes, item);
      body(item.body);
    }
    if (item.kind === "block") {
      attributesOf(item.attributes, item);
      for (const parameter of item.parameters) {
        if (parameter.value !== null) holders.set(parameter.value, { kind: "parameter", parameter, owner: item });
      }
      body(item.body);
    }
  }
  return { holders, bodies };
}
