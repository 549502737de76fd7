import type { IToken } from "chevrotain";
import { tokenize } from "../../../grammar/lexer.ts";
import * as t from "../../../grammar/tokens.ts";
import type { SourceFile } from "../../syntax/ast.ts";
import { positionAt, type Source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { extentsOf } from "./extents.ts";

/** A comment `// mnet-ignore RULE, RULE: reason`, and the stretch of text whose findings it hides. */
export interface IgnoreComment {
  readonly span: Span;
  readonly rules: readonly { readonly id: string; readonly span: Span }[];
  /** The comment with the blanks before it, or its whole line if nothing else stands on it. */
  readonly removal: Span;
  /** Why the findings are hidden; empty if the comment gives no reason. */
  readonly reason: string;
  /** It hides findings that begin in [start, end). */
  readonly covers: { readonly start: number; readonly end: number };
}

const pattern = /^\/\/[ \t]*mnet-ignore(?![\w-])/;

/**
 * Returns the ignores of a file. An ignore after code covers its line. An ignore on a line of its own covers what begins below it: a
 * line, a table, a block or a network.
 */
export function ignoreComments(source: Source, ast: SourceFile): readonly IgnoreComment[] {
  if (!source.text.includes("mnet-ignore")) return [];
  const { tokens, comments } = tokenize(source);
  const code = tokens.filter(({ tokenType }) => tokenType !== t.Newline && tokenType !== t.Doc);
  const extents = extentsOf(ast);
  return comments.flatMap((comment) => {
    const head = pattern.exec(comment.image)?.[0];
    if (head === undefined) return [];
    const start = comment.startOffset;
    const line = lineAt(source, start);
    const before = source.text.slice(line.start, start);
    const ownLine = before.trim() === "";
    const below = ownLine ? code.find(({ startOffset }) => startOffset > start) : undefined;
    return [
      {
        ...namesAndReason(source, comment, head.length),
        span: { file: source.name, start, end: start + comment.image.trimEnd().length },
        removal: ownLine
          ? { file: source.name, start: line.start, end: line.next }
          : { file: source.name, start: line.start + before.trimEnd().length, end: line.end },
        covers: ownLine ? stretchOf(source, extents, below) : { start: line.start, end: line.end },
      },
    ];
  });
}

function namesAndReason(source: Source, comment: IToken, from: number): Pick<IgnoreComment, "rules" | "reason"> {
  const text = comment.image.slice(from);
  const colon = text.indexOf(":");
  const names = colon === -1 ? text : text.slice(0, colon);
  const rules = [...names.matchAll(/[^\s,]+/g)].map((match) => {
    const start = comment.startOffset + from + match.index;
    return { id: match[0], span: { file: source.name, start, end: start + match[0].length } };
  });
  return { rules, reason: colon === -1 ? "" : text.slice(colon + 1).trim() };
}

/** Returns the stretch that begins at a token, at least its line. Before a `}` or the end of the file it is empty. */
function stretchOf(
  source: Source,
  extents: ReadonlyMap<number, number>,
  token: IToken | undefined,
): IgnoreComment["covers"] {
  if (token === undefined || token.tokenType === t.RCurly) return { start: 0, end: 0 };
  const line = lineAt(source, token.startOffset);
  return { start: token.startOffset, end: Math.max(line.end, extents.get(token.startOffset) ?? 0) };
}

/** Returns the line around an offset; `next` is the start of the line after it. */
function lineAt(
  source: Source,
  offset: number,
): { readonly start: number; readonly end: number; readonly next: number } {
  const { line } = positionAt(source, offset);
  const next = source.lineStarts[line] ?? source.text.length;
  const start = source.lineStarts[line - 1] ?? 0;
  return { start, end: start + source.text.slice(start, next).replace(/[\r\n]+$/, "").length, next };
}
