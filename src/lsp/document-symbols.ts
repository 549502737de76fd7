import { SymbolKind, type DocumentSymbol } from "vscode-languageserver-types";
import { formatShape } from "../ir/shape.ts";
import type { FileItem, Statement } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import type { DocumentState } from "./document-state.ts";
import { rangeOf } from "./places.ts";
import { placeKey } from "../text/place-key.ts";

/** The declarations of a file and the layers in them, as an outline. */
export function documentSymbols(state: DocumentState): readonly DocumentSymbol[] {
  return state.ast.items.flatMap((item) => itemSymbol(state, item));
}

function itemSymbol(state: DocumentState, item: FileItem): readonly DocumentSymbol[] {
  switch (item.kind) {
    case "import":
      return item.path === null ? [] : [symbol(state, item.path, SymbolKind.Module, item.span, item.pathSpan)];
    case "let":
      return letSymbol(state, item);
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
  return body.flatMap((statement) => statementSymbol(state, statement));
}

function statementSymbol(state: DocumentState, statement: Statement): readonly DocumentSymbol[] {
  const { span } = statement;
  switch (statement.kind) {
    case "call-statement": {
      const { label, callee } = statement;
      const name = label ?? callee;
      return [symbol(state, name.text, SymbolKind.Field, span, name.span, detail(state, span, label && callee.text))];
    }
    case "table": {
      const { label, block, rows } = statement;
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
      return [
        symbol(state, name.text, SymbolKind.Array, span, name.span, detail(state, span, label && block.text), children),
      ];
    }
    case "branch": {
      const { label, join, paths } = statement;
      const children = paths.map((path, index) => {
        const name = path.label?.text ?? `path${String(index + 1)}`;
        return symbol(
          state,
          name,
          SymbolKind.Namespace,
          path.span,
          path.label?.span ?? path.span,
          "",
          bodySymbols(state, path.body),
        );
      });
      const name = label ?? join;
      return [
        symbol(
          state,
          label?.text ?? `branch ${join.text}`,
          SymbolKind.Namespace,
          span,
          name.span,
          detail(state, span, null),
          children,
        ),
      ];
    }
    case "if":
      return bodySymbols(state, [...statement.then, ...(statement.otherwise ?? [])]);
    case "let":
      return letSymbol(state, statement);
    case "param":
      return [symbol(state, statement.name.text, SymbolKind.Property, span, statement.name.span, "param")];
    case "input":
      return [symbol(state, statement.name.text, SymbolKind.Interface, span, statement.name.span, "input")];
    case "output":
      return [symbol(state, statement.name.text, SymbolKind.Interface, span, statement.name.span, "output")];
    case "default":
    case "assert":
      return [];
  }
}

function letSymbol(state: DocumentState, { name, parameters, span }: Extract<Statement, { kind: "let" }>) {
  const kind = parameters === null ? SymbolKind.Constant : SymbolKind.Function;
  return [symbol(state, name.text, kind, span, name.span, "let")];
}

/** What it is and what comes out. */
function detail({ figures }: DocumentState, span: Span, what: string | null): string {
  const output = figures.byPlace.get(placeKey(span))?.output ?? null;
  return [what, output === null ? null : formatShape(output)].filter((part) => part !== null).join(" ");
}

/** The protocol wants a name, and its place inside the whole. */
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
