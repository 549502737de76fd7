import type { ContenderName } from "./contender-names.ts";
import type { DispatchTime, Effort } from "./contenders.js";

/** Times of one contender over the rounds, and what it computed. */
export interface SteadyTimes {
  readonly output: ArrayLike<number>;
  readonly milliseconds: readonly number[];
}

export interface FirstTime {
  readonly output: ArrayLike<number>;
  readonly milliseconds: number;
}

/** Where contenders run: this process, or pages of a browser. */
export interface BenchHost {
  /** `Node 20.20.2`, `Chromium 143.0`. */
  readonly title: string;
  readonly adapter: {
    readonly name: string;
    readonly isSoftware: boolean;
    /** Those that its device has; asked for are all that a program may need. */
    readonly features: readonly string[];
  };
  /** Null where it can run; else the reason. */
  readonly lacks: (name: ContenderName) => string | null;
  /** From opening to the first output, in a process that has run nothing. */
  readonly first: (name: ContenderName) => Promise<FirstTime>;
  /** Several contenders in turn, in one process. */
  readonly steady: (names: readonly ContenderName[], effort: Effort) => Promise<readonly SteadyTimes[]>;
  /** mnet's dispatches one by one. */
  readonly profile: () => Promise<readonly DispatchTime[]>;
  readonly close: () => Promise<void> | void;
}
