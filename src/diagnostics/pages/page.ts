/** What `mnet explain CODE` says about one kind of finding. A test checks that `bad` has it and `good` has nothing. */
export interface ExplainPage {
  /** The diagnostic's code, `shape/mismatch`. */
  readonly code: string;
  /** One line: what is found. */
  readonly title: string;
  /** A paragraph: why it is a finding, and what to do. */
  readonly why: string;
  /** A small spec that has the finding; for a command's finding, the command. */
  readonly bad: string;
  /** The same, put right. */
  readonly good: string;
  /** A small spec that looks like `bad` and is right, for a lint rule. */
  readonly near?: string;
}
