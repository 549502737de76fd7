/** The page of `mnet explain CODE` for one kind of finding. A test checks that `bad` has the finding and `good` has none. */
export interface ExplainPage {
  /** The diagnostic's code, `shape/mismatch`. */
  readonly code: string;
  /** One line that says what is found. */
  readonly title: string;
  /** A paragraph that says why it is a finding, and what to do. */
  readonly why: string;
  /** A small spec that has the finding; empty if no spec alone can have it. */
  readonly bad: string;
  /** The same spec put right; empty if `bad` is. */
  readonly good: string;
  /** A small spec that looks like `bad` and is right, for a lint rule. */
  readonly near?: string;
}
