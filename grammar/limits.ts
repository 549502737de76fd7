/** What one file may hold. docs/language.md, "Limits". */
export const limits = {
  /** UTF-8 bytes. */
  fileBytes: 1_048_576,
  tokens: 200_000,
  nameLength: 64,
  /** Brackets and braces together; keeps the parser's stack far from its end near 300. */
  nesting: 64,
  /** Operators in one statement, so that no walk over an expression ends the stack. */
  operators: 1_000,
  /** Arms of nested `if` chains along one way from the root: an `else if` is an `otherwise` within an `otherwise`. */
  arms: 1_000,
} as const;
