import type { TokenType } from "chevrotain";
import * as t from "../../grammar/tokens.ts";
import type { Piece } from "./layout-tree.ts";
import { endsOperand } from "./read-pieces.ts";

/** What the kind of a statement says of two signs that stand in many: `let x = 1` and `stride=1`, `a / b` and `stem/conv`. */
export interface Spacing {
  readonly wideEquals: boolean;
  readonly pathSlash: boolean;
  /** The same in a bracket that is the third piece, such as a block's parameters; elsewhere brackets hold values. */
  readonly third: Spacing | null;
}

export const valueSpacing: Spacing = { wideEquals: false, pathSlash: false, third: null };
const declaration: Spacing = { ...valueSpacing, wideEquals: true };
const path: Spacing = { ...valueSpacing, pathSlash: true };

export function spacingOf(pieces: readonly Piece[]): Spacing {
  switch (leafType(pieces[0])) {
    case t.Let:
    case t.Param:
      return declaration;
    case t.Output:
      return { ...declaration, pathSlash: true };
    case t.Network:
      return leafType(pieces[2]) === t.Equals ? declaration : valueSpacing;
    case t.Block:
      return { ...valueSpacing, third: declaration };
    case t.Assert:
      return { ...valueSpacing, third: path };
    case t.Path:
      return path;
    default:
      return leafType(pieces[2]) === t.Path ? path : valueSpacing;
  }
}

export interface SpacedPiece {
  readonly piece: Piece;
  /** What stands between it and the piece before it. */
  readonly before: "" | " ";
  /** True where a line in brackets may break before it instead. */
  readonly afterOperator: boolean;
  /** For what is inside the piece. */
  readonly inner: Spacing;
}

const operators: ReadonlySet<TokenType> = new Set(t.binaryOperatorTokens);

/** Pieces with the blanks between them. */
export function spaced(pieces: readonly Piece[], spacing: Spacing): readonly SpacedPiece[] {
  /** Whether the piece before, comments apart, is the end of a value. */
  let afterOperand = false;
  let last: TokenType | null = null;
  let lastIsPrefix = false;
  let lastIsOperator = false;
  return pieces.map((piece, index): SpacedPiece => {
    const inner = (index === 2 ? spacing.third : null) ?? valueSpacing;
    if (piece.kind === "comment") return { piece, before: " ", afterOperator: lastIsOperator, inner };
    const type = piece.kind === "leaf" ? piece.token.tokenType : piece.open.tokenType;
    const tight =
      last === null || lastIsPrefix || touches(last, type, spacing) || (piece.kind === "group" && piece.call);
    const entry: SpacedPiece = { piece, before: tight ? "" : " ", afterOperator: lastIsOperator, inner };
    lastIsPrefix = type === t.Minus && !afterOperand;
    lastIsOperator = operators.has(type) && afterOperand && !(spacing.pathSlash && type === t.Slash);
    const isStep = afterOperand && piece.kind === "leaf" && piece.token.image === "step";
    afterOperand = endsOperand(piece) && !isStep;
    last = type;
    return entry;
  });
}

function touches(left: TokenType, right: TokenType, { wideEquals, pathSlash }: Spacing): boolean {
  if (right === t.Comma || right === t.Colon) return true;
  if (left === t.Dot || right === t.Dot) return true;
  if (!wideEquals && (left === t.Equals || right === t.Equals)) return true;
  return pathSlash && (left === t.Slash || right === t.Slash);
}

function leafType(piece: Piece | undefined): TokenType | null {
  return piece?.kind === "leaf" ? piece.token.tokenType : null;
}
