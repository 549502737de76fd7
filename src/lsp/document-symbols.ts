import { SymbolKind, type DocumentSymbol } from "vscode-languageserver-types";
import { formatShape } from "../ir/shape.ts";
import type { BranchStatement, FileItem, LetDeclaration, Statement, TableStatement } from "../syntax/ast.ts";
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
      return item.path === null ? [] : [symbol(state, item.path, SymbolKind.Module, item.span, item.pathSpan)];
    case "let":
      return [letSymbol(state, item)];
    case "network":
      return [
        symbol(state, item.name.text, SymbolKind.Class, item.span, item.name.span, "", bodySymbols(state, item.body)),
      ];
    case "preset":
      return [symbol(state, item.name.text, SymbolKind.Class, item.span, item.name.span, item.base.text)];
    case "block": {
      const parameters = item.parameters.map(({ name }) => name.text).join(", ");
      const children = bodySymbols(state, item.body);
      return [
        symbol(state, item.name.text, SymbolKind.Function, item.span, item.name.span, `(${parameters})`, children),
      ];
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
      const name = label ?? callee;
      return [symbol(state, name.text, SymbolKind.Field, span, name.span, detail(state, span, label && callee.text))];
    }
    case "table":
      return [tableSymbol(state, statement)];
    case "branch":
      return [branchSymbol(state, statement)];
    case "let":
      return [letSymbol(state, statement)];
    case "param":
      return [symbol(state, statement.name.text, SymbolKind.Property, statement.span, statement.name.span, "param")];
    case "input":
    case "output": {
      const { kind, name, span } = statement;
      return [symbol(state, name.text, SymbolKind.Interface, span, name.span, kind)];
    }
    default:
      return bodySymbols(state, childrenOf(statement));
  }
}

function tableSymbol(state: DocumentState, { label, block, rows, span }: TableStatement): DocumentSymbol {
  const name = label ?? block;
  const children = rows.map((row, index) =>
    symbol(
      state,
      `${name.text}${String(index + 1)}`,
      SymbolKind.Struct,
      row.span,
      row.span,
      detail(state, row.span, null),
    ),
  );
  return symbol(
    state,
    name.text,
    SymbolKind.Array,
    span,
    name.span,
    detail(state, span, label && block.text),
    children,
  );
}

function branchSymbol(state: DocumentState, { label, join, paths, span }: BranchStatement): DocumentSymbol {
  const children = paths.map((path, index) =>
    symbol(
      state,
      path.label?.text ?? `path${String(index + 1)}`,
      SymbolKind.Namespace,
      path.span,
      path.label?.span ?? path.span,
      "",
      bodySymbols(state, path.body),
    ),
  );
  const name = label?.text ?? `branch ${join.text}`;
  const nameSpan = (label ?? join).span;
  return symbol(state, name, SymbolKind.Namespace, span, nameSpan, detail(state, span, null), children);
}

function letSymbol(state: DocumentState, { name, parameters, span }: LetDeclaration): DocumentSymbol {
  const kind = parameters === null ? SymbolKind.Constant : SymbolKind.Function;
  return symbol(state, name.text, kind, span, name.span, "let");
}

/** Returns what a symbol is and the shape that comes out of it. */
function detail({ figures }: DocumentState, span: Span, what: string | null): string {
  const output = figures.byPlace.get(placeKey(span))?.output ?? null;
  return [what, output === null ? null : formatShape(output)].filter((part) => part !== null).join(" ");
}

/** Returns a symbol. The protocol demands a name, and that the name's place lies inside the symbol's. */
function symbol(
  { source }: DocumentState,
  name: string,
  kind: SymbolKind,
  span: Span,
  nameSpan: Span,
  detailText = "",
  children: readonly DocumentSymbol[] = [],
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
