import type { ContenderName } from "./contender-names.ts";
import type { DispatchTime, Effort } from "./contenders.js";

/** The times of one contender over the rounds, and its output. */
export interface SteadyTimes {
  readonly output: ArrayLike<number>;
  readonly milliseconds: readonly number[];
}

/** The time of a first run in milliseconds, and its output. */
export interface FirstTime {
  readonly output: ArrayLike<number>;
  readonly milliseconds: number;
}

/** The place where contenders run: this process, or pages of a browser. */
export interface BenchHost {
  /** `Node 20.20.2`, `Chromium 143.0`. */
  readonly title: string;
  readonly adapter: {
    readonly name: string;
    readonly isSoftware: boolean;
    /** The features of its device. The device asks for all that a program may need. */
    readonly features: readonly string[];
  };
  /** Gives the reason why a contender cannot run here; null where it can. */
  readonly lacks: (name: ContenderName) => string | null;
  /** Times a contender from opening to its first output, in a process that has run nothing. */
  readonly first: (name: ContenderName) => Promise<FirstTime>;
  /** Times several contenders in turn, in one process. */
  readonly steady: (names: readonly ContenderName[], effort: Effort) => Promise<readonly SteadyTimes[]>;
  /** Times the dispatches of mnet one by one. */
  readonly profile: () => Promise<readonly DispatchTime[]>;
  readonly close: () => Promise<void> | void;
}
