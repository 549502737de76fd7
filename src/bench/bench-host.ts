import type { ContenderName } from "./contender-names.ts";
import type { DispatchTime } from "./profile-dispatches.ts";
import type { Effort } from "./time-in-turn.ts";

/** The times of one contender over the rounds, and its output. */
export interface SteadyTimes {
  readonly output: ArrayLike<number>;
  readonly milliseconds: readonly number[];
}

/** The time from opening to the first output in milliseconds, and that output. */
export interface FirstTime {
  readonly output: ArrayLike<number>;
  readonly milliseconds: number;
}

/** Times contenders in one process. */
export interface ContenderTimes {
  /** Times a contender from opening to its first output. */
  readonly first: (name: ContenderName) => Promise<FirstTime>;
  /** Times several contenders in turn. */
  readonly steady: (names: readonly ContenderName[], effort: Effort) => Promise<readonly SteadyTimes[]>;
  /** Times the dispatches of mnet one by one. */
  readonly profile: () => Promise<readonly DispatchTime[]>;
}

/** The place where contenders run: this process, or pages of a browser. A first run there is in a process that has run nothing. */
export interface BenchHost extends ContenderTimes {
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
  readonly close: () => Promise<void> | void;
}
