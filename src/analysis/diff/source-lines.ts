import type { Declaration } from "./declarations.ts";
import type { BranchPath, Statement, TableStatement } from "../../syntax/ast.ts";
import type { Span } from "../../text/span.ts";

/** A line of a source diff: a statement, a row, or the head of a declaration, table, branch or `if`. */
export interface SourceLine {
  /** Equal for lines with the same meaning at the same depth. Spacing, comments and place do not matter. */
  readonly key: string;
  readonly span: Span;
}

/** Returns the lines of a declaration: its head, then its contents, in order. */
export function sourceLines({ node }: Declaration): readonly SourceLine[] {
  switch (node.kind) {
    case "network":
      return [line(0, node.span, [node.kind, node.attributes]), ...bodyLines(1, node.body)];
    case "block":
      return [line(0, node.span, [node.kind, node.parameters, node.attributes]), ...bodyLines(1, node.body)];
    case "preset":
      return [line(0, node.span, [node.kind, node.args])];
    case "let":
      return [line(0, node.span, [node.kind, node.parameters, node.value])];
  }
}

function bodyLines(depth: number, body: readonly Statement[]): readonly SourceLine[] {
  return body.flatMap((statement): readonly SourceLine[] => {
    switch (statement.kind) {
      case "table":
        return tableLines(depth, statement);
      case "branch": {
        const { kind, label, join, expectedShape, paths } = statement;
        const head = line(depth, statement.span, [kind, label, join, expectedShape]);
        return [head, ...paths.flatMap((path) => pathLines(depth + 1, path))];
      }
      case "if": {
        const { kind, condition, then, otherwise } = statement;
        const head = line(depth, statement.span, [kind, condition]);
        const rest =
          otherwise === null
            ? []
            : [line(depth, otherwise[0]?.span ?? statement.span, ["else"]), ...bodyLines(depth + 1, otherwise)];
        return [head, ...bodyLines(depth + 1, then), ...rest];
      }
      default:
        return [line(depth, statement.span, statement)];
    }
  });
}

function tableLines(depth: number, { kind, label, block, attributes, header, rows, span }: TableStatement) {
  return [
    line(depth, span, [kind, label, block, attributes, header]),
    ...rows.map((row) => line(depth + 1, row.span, row.cells)),
  ];
}

function pathLines(depth: number, { kind, label, from, body, span }: BranchPath): readonly SourceLine[] {
  return [line(depth, span, [kind, label, from]), ...bodyLines(depth + 1, body)];
}

function line(depth: number, span: Span, meaning: unknown): SourceLine {
  return { key: `${depth} ${meaningOf(meaning)}`, span };
}

/** Returns a part of the syntax tree as text, without places and documentation. */
function meaningOf(node: unknown): string {
  return JSON.stringify(node, (key, value: unknown) =>
    key === "span" || key === "pathSpan" || key === "doc" ? undefined : value,
  );
}
