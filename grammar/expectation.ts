import { tokenLabel, type TokenType } from "chevrotain";
import { Identifier, NumberToken, StringToken } from "./tokens.ts";

/** Returns the words that messages use for an expected token: `"{"`, `a name`. */
export function expectation(type: TokenType): string {
  if (type === Identifier) return "a name";
  if (type === StringToken) return "a string";
  if (type === NumberToken) return "a number";
  return `"${tokenLabel(type)}"`;
}
