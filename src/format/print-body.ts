import { builders } from "prettier/doc";
import type { Body, Clause, Comment, Entry, Statement } from "./layout-tree.ts";
import { flatPieces, printPieces, trailing } from "./print-pieces.ts";
import { printRows } from "./print-table.ts";
import { spacingOf } from "./spacing.ts";

type Doc = builders.Doc;

const { hardline, indent } = builders;

/** Most columns of a line. Only brackets can break to keep to it. */
export const lineWidth = 120;
export const indentWidth = 2;

/** Prints the entries of a body, one a line, `depth` braces deep. */
export function printEntries(entries: readonly Entry[], depth: number): Doc {
  const rows = printRows(entries.filter((entry) => entry.kind === "row"));
  return entries.map((entry, index): Doc => {
    const gap = index === 0 ? "" : entry.blankBefore ? [hardline, hardline] : hardline;
    switch (entry.kind) {
      case "comment-line":
        return [gap, entry.text];
      case "row":
        return [gap, rows.get(entry) ?? "", trailing(entry.comment)];
      case "statement":
        return [gap, printStatement(entry, depth), trailing(entry.comment)];
    }
  });
}

function printStatement(statement: Statement, depth: number): Doc {
  const lines = flatLines(statement);
  const width = lineWidth - indentWidth * depth;
  if (lines?.every((text) => text.length <= width)) {
    return lines.map((text, index): Doc => (index === 0 ? text : [hardline, text]));
  }
  return statement.clauses.map((clause, index): Doc => {
    const gap = index === 0 ? "" : printGap(clause.comments);
    const body = clause.body === null ? "" : [" ", printBody(clause.body, depth)];
    return [gap, printPieces(clause.pieces, spacingOf(clause.pieces)), body];
  });
}

/** Prints what stands between a `}` and the `else` or `->` after it. */
function printGap(comments: readonly Comment[]): Doc {
  if (comments.length === 0) return " ";
  return [comments.map((comment) => (comment.ownLine ? [hardline, comment.text] : trailing(comment))), hardline];
}

function printBody({ comment, entries }: Body, depth: number): Doc {
  if (entries.length === 0 && comment === null) return "{ }";
  const inside = entries.length === 0 ? "" : indent([hardline, printEntries(entries, depth + 1)]);
  return ["{", trailing(comment), inside, hardline, "}"];
}

/** Prints a statement as one line, or an `if` as one line for each arm; null if a body was written over several lines. */
function flatLines({ clauses }: Statement): readonly string[] | null {
  const lines: string[] = [];
  for (const clause of clauses) {
    const text = flatClause(clause);
    if (text === null) return null;
    const isTail = lines.length > 0 && clause.body === null;
    if (isTail) lines.push(`${lines.pop() ?? ""} ${text}`);
    else lines.push(text);
  }
  return lines;
}

function flatClause({ comments, pieces, body }: Clause): string | null {
  const head = comments.length > 0 ? null : flatPieces(pieces, spacingOf(pieces));
  if (head === null || body === null) return head;
  const inside = flatBody(body);
  return inside === null ? null : `${head} ${inside}`;
}

/** Prints a body as `{ statement }`; null if it was not written on one line or does not fit there. */
function flatBody({ comment, inline, entries }: Body): string | null {
  const [only, ...others] = entries;
  if (comment !== null) return null;
  if (only === undefined) return "{ }";
  if (!inline || others.length > 0 || only.kind !== "statement" || only.comment !== null) return null;
  const [line, ...more] = flatLines(only) ?? [];
  return line === undefined || more.length > 0 ? null : `{ ${line} }`;
}
