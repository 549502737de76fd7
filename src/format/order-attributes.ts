import type { TokenType } from "chevrotain";
import * as t from "../../grammar/tokens.ts";
import { defaultableAttributes, signatureOf } from "../language/op-signatures.ts";
import { words } from "../language/vocabulary.ts";
import type { Group, Piece } from "./layout-tree.ts";

/**
 * Sorts the attributes of a statement, and the arguments of `batch(…)`, by the order of the language reference. A block may be declared in
 * another file, so its parameters keep the order they were written in, with `residual` after them.
 */
export function orderAttributes(pieces: readonly Piece[]): readonly Piece[] {
  const inside = pieces.map((piece, index) =>
    declares(pieces, index) ? piece : orderSettings(piece, pieces[index - 1]),
  );
  const order = orderFor(pieces);
  const first = inside.findIndex((_, index) => startsAttribute(inside, index));
  if (order === null || first === -1) return inside;
  const arrow = inside.findIndex((piece) => typeOf(piece) === t.Arrow);
  const end = arrow === -1 ? inside.length : arrow;
  const attributes: Piece[][] = [];
  for (let index = first; index < end; index++) {
    if (startsAttribute(inside, index)) attributes.push([]);
    attributes.at(-1)?.push(inside[index]!);
  }
  return [...inside.slice(0, first), ...sortByKey(attributes, order).flat(), ...inside.slice(end)];
}

/** Returns the keys in their order; null for a statement without attributes. */
function orderFor(pieces: readonly Piece[]): readonly string[] | null {
  switch (typeOf(pieces[0])) {
    case t.Network:
      return typeOf(pieces[2]) === t.Equals ? null : ["family", "labels"];
    case t.Input:
      return ["mean", "std"];
    case t.Default:
      return defaultableAttributes;
    case t.Block:
      return [];
    case t.Identifier: {
      const callee = typeOf(pieces[1]) === t.Colon ? pieces[2] : pieces[0];
      return typeOf(callee) === t.Identifier ? (signatureOf(imageOf(callee))?.attributes ?? []) : null;
    }
    default:
      return null;
  }
}

/** Sorts by key and keeps the order of equals. Keys that are not in `order` follow those that are, and `residual` is last. */
function sortByKey(attributes: readonly (readonly Piece[])[], order: readonly string[]): readonly (readonly Piece[])[] {
  const rank = ([key]: readonly Piece[]): number => {
    const place = order.indexOf(imageOf(key));
    if (place >= 0) return place;
    return imageOf(key) === "residual" ? order.length + 1 : order.length;
  };
  return [...attributes].sort((a, b) => rank(a) - rank(b));
}

/** Tells whether the parentheses at `index` hold the parameters of a block or function, which may have the name of a word. */
function declares(pieces: readonly Piece[], index: number): boolean {
  const keyword = typeOf(pieces[0]);
  return index === 2 && (keyword === t.Block || keyword === t.Let);
}

/** Orders the settings in the parentheses of a word, as of `batch(…)`. */
function orderSettings(piece: Piece, before: Piece | undefined): Piece {
  if (piece.kind !== "group" || !piece.call) return piece;
  const settings = words.get(imageOf(before))?.settings;
  return settings === undefined ? piece : orderArguments(piece, Object.keys(settings));
}

/** Sorts the named arguments of a call and puts them after the others. A call with a comment in it stays as it is. */
function orderArguments(group: Group, order: readonly string[]): Group {
  if (group.pieces.some(({ kind }) => kind === "comment")) return group;
  const args: Piece[][] = [[]];
  const commas: Piece[] = [];
  for (const piece of group.pieces) {
    if (typeOf(piece) === t.Comma) {
      commas.push(piece);
      args.push([]);
    } else args.at(-1)?.push(piece);
  }
  const named = args.filter((argument) => startsAttribute(argument, 0));
  const positional = args.filter((argument) => !startsAttribute(argument, 0));
  const ordered = [...positional, ...sortByKey(named, order)];
  return { ...group, pieces: ordered.flatMap((argument, index) => [...argument, ...commas.slice(index, index + 1)]) };
}

function startsAttribute(pieces: readonly Piece[], index: number): boolean {
  return typeOf(pieces[index]) === t.Identifier && typeOf(pieces[index + 1]) === t.Equals;
}

function typeOf(piece: Piece | undefined): TokenType | null {
  return piece?.kind === "leaf" ? piece.token.tokenType : null;
}

function imageOf(piece: Piece | undefined): string {
  return piece?.kind === "leaf" ? piece.token.image : "";
}
