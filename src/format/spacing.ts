import type { TokenType } from "chevrotain";
import * as t from "../../grammar/tokens.ts";
import type { Piece } from "./layout-tree.ts";
import { endsOperand } from "./read-pieces.ts";

/** The blanks that a kind of statement puts around `=` and `/`: `let x = 1` but `stride=1`, `a / b` but `stem/conv`. */
export interface Spacing {
  readonly wideEquals: boolean;
  readonly pathSlash: boolean;
  /** True where `from=` may stand, which has a path after it. */
  readonly origin: boolean;
  /** The spacing inside a bracket that is the third piece, such as a block's parameters. Other brackets hold values. */
  readonly third: Spacing | null;
}

export const valueSpacing: Spacing = { wideEquals: false, pathSlash: false, origin: false, third: null };
const declaration: Spacing = { ...valueSpacing, wideEquals: true };
const path: Spacing = { ...valueSpacing, pathSlash: true };
const layer: Spacing = { ...valueSpacing, origin: true };

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
      return leafType(pieces[2]) === t.Path ? path : layer;
  }
}

export interface SpacedPiece {
  readonly piece: Piece;
  /** The blanks before the piece. */
  readonly before: "" | " ";
  /** True if a line in brackets may break before the piece. */
  readonly afterOperator: boolean;
  /** The spacing inside the piece. */
  readonly inner: Spacing;
}

const operators: ReadonlySet<TokenType> = new Set(t.binaryOperatorTokens);

/** Returns the pieces with the blanks before each. */
export function spaced(pieces: readonly Piece[], spacing: Spacing): readonly SpacedPiece[] {
  /** Whether the last piece that is no comment ends a value. */
  let afterOperand = false;
  let last: TokenType | null = null;
  let lastIsPrefix = false;
  let lastIsOperator = false;
  let inOrigin = false;
  return pieces.map((piece, index): SpacedPiece => {
    if (spacing.origin) inOrigin = isInOrigin(pieces, index, inOrigin);
    const inner = (index === 2 ? spacing.third : null) ?? (inOrigin ? path : valueSpacing);
    const pathSlash = spacing.pathSlash || inOrigin;
    if (piece.kind === "comment") return { piece, before: " ", afterOperator: lastIsOperator, inner };
    const type = piece.kind === "leaf" ? piece.token.tokenType : piece.open.tokenType;
    const tight =
      last === null ||
      lastIsPrefix ||
      touches(last, type, { ...spacing, pathSlash }) ||
      (piece.kind === "group" && piece.call);
    const entry: SpacedPiece = { piece, before: tight ? "" : " ", afterOperator: lastIsOperator, inner };
    lastIsPrefix = type === t.Minus && !afterOperand;
    lastIsOperator = operators.has(type) && afterOperand && !(pathSlash && type === t.Slash);
    const isStep = afterOperand && piece.kind === "leaf" && piece.token.image === "step";
    afterOperand = endsOperand(piece) && !isStep;
    last = type;
    return entry;
  });
}

/** Tells whether a piece belongs to `from=PATH`, which ends where another attribute, an arrow or a body begins. */
function isInOrigin(pieces: readonly Piece[], index: number, before: boolean): boolean {
  const type = leafType(pieces[index]);
  const piece = pieces[index];
  if (leafType(pieces[index + 1]) === t.Equals) return piece?.kind === "leaf" && piece.token.image === "from";
  return before && type !== t.Arrow && type !== t.LCurly;
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
