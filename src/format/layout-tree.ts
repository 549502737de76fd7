import type { IToken } from "chevrotain";

/*
 * The tree that the formatter works on: the tokens of a file as they were written, in bodies, statements and brackets, with the comments
 * in their places. It keeps what the syntax tree forgets (parentheses, spellings, comments, blank lines), and forgets what the formatter
 * decides.
 */

export interface Comment {
  readonly kind: "comment";
  /** `// α in the paper`, or `/// …` for a doc comment, without blanks at its end. */
  readonly text: string;
  /** False if something stands before it on its line. */
  readonly ownLine: boolean;
}

export interface Leaf {
  readonly kind: "leaf";
  readonly token: IToken;
}

/** A pair of brackets and what is between them. */
export interface Group {
  readonly kind: "group";
  readonly open: IToken;
  /** True if the `(` touches the name before it, as in `ch(32)`. */
  readonly call: boolean;
  readonly pieces: readonly Piece[];
  readonly close: IToken;
}

export type Piece = Leaf | Group | Comment;

/** A part of a statement up to a body, with that body, such as `if width == 1 { … }`, `else { … }` or `-> [7, 7, 320]`. */
export interface Clause {
  /** Comments between a `}` and the `else` after it. Other clauses have none. */
  readonly comments: readonly Comment[];
  readonly pieces: readonly Piece[];
  readonly body: Body | null;
}

export interface Statement {
  readonly kind: "statement";
  readonly blankBefore: boolean;
  readonly clauses: readonly Clause[];
  readonly comment: Comment | null;
}

/** A header or a row of a table. */
export interface Row {
  readonly kind: "row";
  readonly blankBefore: boolean;
  readonly cells: readonly (readonly Piece[])[];
  readonly comment: Comment | null;
}

export interface CommentLine {
  readonly kind: "comment-line";
  readonly blankBefore: boolean;
  readonly text: string;
}

export type Entry = Statement | Row | CommentLine;

export interface Body {
  /** The comment on the line of the `{`. */
  readonly comment: Comment | null;
  /** True if the first entry stands on the line of the `{`. */
  readonly inline: boolean;
  readonly entries: readonly Entry[];
}
