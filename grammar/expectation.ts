import { tokenLabel, type TokenType } from "chevrotain";
import { Identifier, NumberToken, StringToken } from "./tokens.ts";

/** A token type as a message names what it wanted: `"{"`, `a name`. */
export function expectation(type: TokenType): string {
  if (type === Identifier) return "a name";
  if (type === StringToken) return "a string";
  if (type === NumberToken) return "a number";
  return `"${tokenLabel(type)}"`;
}
