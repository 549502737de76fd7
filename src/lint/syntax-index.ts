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
import { bodyOf, slotsOf, walkStatements, type Slot } from "../syntax/visit.ts";

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

/** Indexes a file's tree in one walk. */
export function indexSyntax(file: SourceFile): SyntaxIndex {
  const holders = new Map<Expression, Holder>();
  const bodies = new Map<Statement, readonly Statement[]>();
  for (const item of file.items) {
    if (item.kind === "let") holders.set(item.value, { kind: "value", owner: item });
    if (item.kind === "network" || item.kind === "block") {
      for (const attribute of item.attributes) {
        holders.set(attribute.value, { kind: "attribute", attribute, owner: item });
      }
    }
    if (item.kind === "block") {
      for (const parameter of item.parameters) {
        if (parameter.value !== null) holders.set(parameter.value, { kind: "parameter", parameter, owner: item });
      }
    }
    walkStatements(bodyOf(item), (statement, body) => {
      bodies.set(statement, body);
      for (const slot of slotsOf(statement)) {
        const holder = holderOf(statement, slot);
        if (holder !== null) holders.set(slot.expression, holder);
      }
    });
  }
  return { holders, bodies };
}

/** Returns what holds the value of an argument, a `let` or a `param`; null for the conditions, ranges, shapes and bounds. */
function holderOf(owner: Statement, slot: Slot): Holder | null {
  switch (slot.role) {
    case "attribute":
      return { kind: "attribute", attribute: slot.attribute, owner };
    case "positional":
      return { kind: "positional", owner };
    case "cell":
      return { kind: "cell", cell: slot.cell, owner };
    case "value":
      return owner.kind === "let" || owner.kind === "param" ? { kind: "value", owner } : null;
    default:
      return null;
  }
}
