import { SymbolKind, type DocumentSymbol } from "vscode-languageserver-types";
import { formatShape } from "../ir/shape.ts";
import type { BranchStatement, FileItem, LetDeclaration, Name, Statement, TableStatement } from "../syntax/ast.ts";
import { childrenOf } from "../syntax/visit.ts";
import type { Span } from "../text/span.ts";
import type { DocumentState } from "./document-state.ts";
import { rangeOf } from "./places.ts";
import { placeKey } from "../text/place-key.ts";

/** Returns the declarations of a file and the layers in them, as an outline. */
export function documentSymbols(state: DocumentState): readonly DocumentSymbol[] {
  return state.ast.items.flatMap((item) => itemSymbol(state, item));
}

function itemSymbol(state: DocumentState, item: FileItem): readonly DocumentSymbol[] {
  switch (item.kind) {
    case "import":
      return item.path === null
        ? []
        : [symbol(state, { name: item.path, kind: SymbolKind.Module, span: item.span, nameSpan: item.pathSpan })];
    case "let":
      return [letSymbol(state, item)];
    case "network":
      return [symbol(state, { ...declared(item), kind: SymbolKind.Class, children: bodySymbols(state, item.body) })];
    case "preset":
      return [symbol(state, { ...declared(item), kind: SymbolKind.Class, detailText: item.base.text })];
    case "block": {
      const parameters = item.parameters.map(({ name }) => name.text).join(", ");
      const children = bodySymbols(state, item.body);
      return [symbol(state, { ...declared(item), kind: SymbolKind.Function, detailText: `(${parameters})`, children })];
    }
  }
}

function bodySymbols(state: DocumentState, body: readonly Statement[]): readonly DocumentSymbol[] {
  return body.flatMap((statement) => statementSymbols(state, statement));
}

/** Returns the symbol of a statement that names something; the symbols inside it where it names nothing itself. */
function statementSymbols(state: DocumentState, statement: Statement): readonly DocumentSymbol[] {
  switch (statement.kind) {
    case "call-statement": {
      const { label, callee, span } = statement;
      const detailText = detail(state, span, label && callee.text);
      return [symbol(state, { ...declared({ name: label ?? callee, span }), kind: SymbolKind.Field, detailText })];
    }
    case "table":
      return [tableSymbol(state, statement)];
    case "branch":
      return [branchSymbol(state, statement)];
    case "let":
      return [letSymbol(state, statement)];
    case "param":
      return [symbol(state, { ...declared(statement), kind: SymbolKind.Property, detailText: "param" })];
    case "input":
    case "output":
      return [symbol(state, { ...declared(statement), kind: SymbolKind.Interface, detailText: statement.kind })];
    default:
      return bodySymbols(state, childrenOf(statement));
  }
}

function tableSymbol(state: DocumentState, { label, block, rows, span }: TableStatement): DocumentSymbol {
  const name = label ?? block;
  const children = rows.map((row, index) =>
    symbol(state, {
      name: `${name.text}${String(index + 1)}`,
      kind: SymbolKind.Struct,
      span: row.span,
      nameSpan: row.span,
      detailText: detail(state, row.span, null),
    }),
  );
  const detailText = detail(state, span, label && block.text);
  return symbol(state, { ...declared({ name, span }), kind: SymbolKind.Array, detailText, children });
}

function branchSymbol(state: DocumentState, { label, join, paths, span }: BranchStatement): DocumentSymbol {
  const children = paths.map((path, index) =>
    symbol(state, {
      name: path.label?.text ?? `path${String(index + 1)}`,
      kind: SymbolKind.Namespace,
      span: path.span,
      nameSpan: path.label?.span ?? path.span,
      children: bodySymbols(state, path.body),
    }),
  );
  return symbol(state, {
    name: label?.text ?? `branch ${join.text}`,
    kind: SymbolKind.Namespace,
    span,
    nameSpan: (label ?? join).span,
    detailText: detail(state, span, null),
    children,
  });
}

function letSymbol(state: DocumentState, declaration: LetDeclaration): DocumentSymbol {
  const kind = declaration.parameters === null ? SymbolKind.Constant : SymbolKind.Function;
  return symbol(state, { ...declared(declaration), kind, detailText: "let" });
}

/** Returns the name and the places of something that is declared. */
function declared({ name, span }: { readonly name: Name; readonly span: Span }) {
  return { name: name.text, nameSpan: name.span, span };
}

/** Returns what a symbol is and the shape that comes out of it. */
function detail({ figures }: DocumentState, span: Span, what: string | null): string {
  const output = figures.byPlace.get(placeKey(span))?.output ?? null;
  return [what, output === null ? null : formatShape(output)].filter((part) => part !== null).join(" ");
}

/** A declaration or layer as the outline shows it. */
interface Outlined {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly detailText?: string;
  readonly children?: readonly DocumentSymbol[];
}

/** Returns a symbol. The protocol demands a name, and that the name's place lies inside the symbol's. */
function symbol(
  { source }: DocumentState,
  { name, kind, span, nameSpan, detailText = "", children = [] }: Outlined,
): DocumentSymbol {
  const inside = nameSpan.start >= span.start && nameSpan.end <= span.end;
  return {
    name: name === "" ? "…" : name,
    kind,
    range: rangeOf(source, span),
    selectionRange: rangeOf(source, inside ? nameSpan : span),
    ...(detailText !== "" && { detail: detailText }),
    ...(children.length > 0 && { children: [...children] }),
  };
}
