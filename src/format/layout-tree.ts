import type { IToken } from "chevrotain";

/*
 * A file as the formatter sees it: its tokens as they were written, in bodies, statements and brackets, with comments where they stand.
 * It keeps what the syntax tree forgets (parentheses, spellings, comments, blank lines) and forgets what the formatter decides.
 */

export interface Comment {
  readonly kind: "comment";
  /** `// α in the paper`, or `/// …` of a doc, without blanks at its end. */
  readonly text: string;
  /** False where it stands behind something on its line. */
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
  /** `ch(32)`: the `(` touches the name before it. */
  readonly call: boolean;
  readonly pieces: readonly Piece[];
  readonly close: IToken;
}

export type Piece = Leaf | Group | Comment;

/** `if width == 1 { … }`, `else { … }`, `-> [7, 7, 320]`: what a statement says up to a body, and that body. */
export interface Clause {
  /** Between the `}` before an `else` and that `else`; elsewhere there is no room for any. */
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
  /** Behind the `{`. */
  readonly comment: Comment | null;
  /** True where what follows the `{` stands on its line. */
  readonly inline: boolean;
  readonly entries: readonly Entry[];
}
