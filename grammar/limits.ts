/** The limits of one file, which docs/language.md lists under "Limits". */
export const limits = {
  /** UTF-8 bytes. */
  fileBytes: 1_048_576,
  tokens: 200_000,
  nameLength: 64,
  /** The deepest nesting of brackets and braces together. The parser's stack overflows near a depth of 300. */
  nesting: 64,
  /** The most operators of one statement. The limit keeps walks over an expression from overflowing the stack. */
  operators: 1_000,
  /**
   * The most arms of `if` chains on one path from the root of the tree. Each `else if` is nested in the `otherwise` of
   * the one before it.
   */
  arms: 1_000,
} as const;
