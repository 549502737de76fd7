import type { Span } from "../text/span.ts";

/** A name where it is declared or used. `text` is `""` if error recovery found no name. */
export interface Name {
  readonly kind: "name";
  readonly text: string;
  readonly span: Span;
}

/* ---------------------------------------------------------------- expressions */

export interface NumberLiteral {
  readonly kind: "number";
  readonly value: number;
  readonly span: Span;
}

/** `3x3`, `224x224x3`: two or more whole numbers. */
export interface DimsLiteral {
  readonly kind: "dims";
  readonly values: readonly number[];
  readonly span: Span;
}

export interface StringLiteral {
  readonly kind: "string";
  readonly value: string;
  readonly span: Span;
}

export interface BooleanLiteral {
  readonly kind: "boolean";
  readonly value: boolean;
  readonly span: Span;
}

export interface ListExpression {
  readonly kind: "list";
  readonly elements: readonly Expression[];
  readonly span: Span;
}

/** A name that is a value or a symbol. Evaluation decides which. */
export interface Reference {
  readonly kind: "reference";
  readonly name: string;
  readonly span: Span;
}

/** `in.h`, `in.w`, `in.c`: extents of the enclosing block's input. */
export interface InputExtent {
  readonly kind: "input-extent";
  readonly axis: "h" | "w" | "c";
  readonly span: Span;
}

/** `ch(32)`, `batch(eps=1e-3)`, `divisible(x, 8, limit=0.9)`. */
export interface CallExpression {
  readonly kind: "call";
  readonly callee: Name;
  readonly args: readonly CallArgument[];
  readonly span: Span;
}

export interface CallArgument {
  readonly name: Name | null;
  readonly value: Expression;
  readonly span: Span;
}

export interface UnaryExpression {
  readonly kind: "unary";
  readonly operator: "-" | "not";
  readonly operand: Expression;
  readonly span: Span;
}

export type BinaryOperator = "or" | "and" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%";

export interface BinaryExpression {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

/** A missing expression for which a syntax error was reported. It is never evaluated. */
export interface Hole {
  readonly kind: "hole";
  readonly span: Span;
}

export type Expression =
  | NumberLiteral
  | DimsLiteral
  | StringLiteral
  | BooleanLiteral
  | ListExpression
  | Reference
  | InputExtent
  | CallExpression
  | UnaryExpression
  | BinaryExpression
  | Hole;

/* ---------------------------------------------------------------- shared pieces */

/** `key=value` */
export interface Attribute {
  readonly kind: "attribute";
  readonly key: Name;
  readonly value: Expression;
  readonly span: Span;
}

/** `stem/conv1`: labels joined by `/`. */
export interface PathReference {
  readonly kind: "path-reference";
  readonly parts: readonly Name[];
  readonly span: Span;
}

export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=";

/* ---------------------------------------------------------------- statements */

/**
 * `[label:] op positional… key=value… [from=path] [-> shape]`: an op or a block. Lowering tells them apart by name.
 * `from` has the paths of the earlier values that the statement reads. It is empty if the statement reads the value
 * before it.
 */
export interface CallStatement {
  readonly kind: "call-statement";
  readonly doc: string | null;
  readonly label: Name | null;
  readonly callee: Name;
  readonly positional: readonly Expression[];
  readonly attributes: readonly Attribute[];
  readonly from: readonly PathReference[];
  readonly expectedShape: Expression | null;
  readonly span: Span;
}

/** `NAME key=value… { | header | rows }` */
export interface TableStatement {
  readonly kind: "table";
  readonly doc: string | null;
  readonly label: Name | null;
  readonly block: Name;
  readonly attributes: readonly Attribute[];
  readonly from: readonly PathReference[];
  readonly header: readonly HeaderCell[];
  readonly rows: readonly TableRow[];
  readonly span: Span;
}

/** A column: a parameter of the block, `n` or `residual`, or a one-argument call around one. */
export interface HeaderCell {
  readonly kind: "header-cell";
  readonly column: Name;
  readonly through: Name | null;
  readonly span: Span;
}

export interface TableRow {
  readonly kind: "row";
  /** One entry for each cell; `null` for an empty cell. */
  readonly cells: readonly TableCell[];
  readonly span: Span;
}

export interface TableCell {
  readonly value: Expression | null;
  readonly span: Span;
}

/** `branch add|mul|concat|none [from=path] { path … }` */
export interface BranchStatement {
  readonly kind: "branch";
  readonly doc: string | null;
  readonly label: Name | null;
  readonly join: Name;
  readonly from: readonly PathReference[];
  readonly paths: readonly BranchPath[];
  readonly expectedShape: Expression | null;
  readonly span: Span;
}

export interface BranchPath {
  readonly kind: "path";
  readonly doc: string | null;
  readonly label: Name | null;
  readonly from: PathReference | null;
  readonly body: readonly Statement[];
  readonly span: Span;
}

/** An `else if` is an `otherwise` that contains one `IfStatement`. */
export interface IfStatement {
  readonly kind: "if";
  readonly condition: Expression;
  readonly then: readonly Statement[];
  readonly otherwise: readonly Statement[] | null;
  readonly span: Span;
}

export interface LetDeclaration {
  readonly kind: "let";
  readonly doc: string | null;
  readonly name: Name;
  /** `null` for a value, a list for a small function. */
  readonly parameters: readonly Name[] | null;
  readonly value: Expression;
  readonly span: Span;
}

export interface ParamDeclaration {
  readonly kind: "param";
  readonly doc: string | null;
  readonly name: Name;
  readonly value: Expression;
  readonly range: { readonly low: Expression; readonly high: Expression; readonly step: Expression | null } | null;
  readonly span: Span;
}

export interface DefaultDeclaration {
  readonly kind: "default";
  readonly op: Name;
  readonly attributes: readonly Attribute[];
  readonly span: Span;
}

export interface InputDeclaration {
  readonly kind: "input";
  readonly doc: string | null;
  readonly name: Name;
  /** Null for an input of a block. Its shape is the shape of the value that is passed in. */
  readonly shape: Expression | null;
  readonly attributes: readonly Attribute[];
  readonly span: Span;
}

export interface OutputDeclaration {
  readonly kind: "output";
  readonly doc: string | null;
  readonly name: Name;
  readonly path: PathReference;
  readonly span: Span;
}

export type AssertSubject =
  | { readonly kind: "metric"; readonly metric: "params" | "macs" | "memory"; readonly span: Span }
  | { readonly kind: "shape"; readonly path: PathReference; readonly span: Span };

export interface AssertDeclaration {
  readonly kind: "assert";
  readonly subject: AssertSubject;
  readonly operator: ComparisonOperator;
  readonly bound: Expression;
  readonly why: string | null;
  readonly span: Span;
}

export type Statement =
  | CallStatement
  | TableStatement
  | BranchStatement
  | IfStatement
  | LetDeclaration
  | ParamDeclaration
  | DefaultDeclaration
  | InputDeclaration
  | OutputDeclaration
  | AssertDeclaration;

/* ---------------------------------------------------------------- file level */

export interface ImportDeclaration {
  readonly kind: "import";
  /** Null if it contains a syntax error. The name of the imported file is then unknown. */
  readonly path: string | null;
  readonly pathSpan: Span;
  readonly span: Span;
}

export interface NetworkDeclaration {
  readonly kind: "network";
  readonly doc: string | null;
  readonly name: Name;
  readonly attributes: readonly Attribute[];
  readonly body: readonly Statement[];
  /** True if it contains a syntax error. The network is then not lowered. */
  readonly broken: boolean;
  readonly span: Span;
}

/** `network B4 = B0(width=1.4, size=380)` */
export interface PresetDeclaration {
  readonly kind: "preset";
  readonly doc: string | null;
  readonly name: Name;
  readonly base: Name;
  readonly args: readonly CallArgument[];
  readonly broken: boolean;
  readonly span: Span;
}

export interface BlockParameter {
  readonly kind: "block-parameter";
  readonly first: boolean;
  readonly name: Name;
  readonly value: Expression | null;
  readonly span: Span;
}

export interface BlockDeclaration {
  readonly kind: "block";
  readonly doc: string | null;
  readonly name: Name;
  readonly parameters: readonly BlockParameter[];
  readonly attributes: readonly Attribute[];
  readonly body: readonly Statement[];
  /** True if it contains a syntax error. Networks that use the block are then not lowered. */
  readonly broken: boolean;
  readonly span: Span;
}

export type FileItem = ImportDeclaration | NetworkDeclaration | PresetDeclaration | BlockDeclaration | LetDeclaration;

/** A stretch of text between counted ends of line and braces: a statement without its bodies, or the head of one. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface SourceFile {
  readonly kind: "file";
  readonly items: readonly FileItem[];
  /** The stretches that contain a syntax error, in order. */
  readonly spoiled: readonly Stretch[];
  /** True if lines at the file level could not be read. They may have declared a name that seems undeclared. */
  readonly incomplete: boolean;
  readonly span: Span;
}
