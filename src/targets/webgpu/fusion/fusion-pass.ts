import type { Step } from "../schedule/schedule.ts";
import type { Chain } from "./chain.ts";

/** Several steps as one: it reads what they read, and writes what the last writes. */
export interface FusedStep {
  readonly step: Step;
  /** How many steps it stands for. */
  readonly length: number;
}

/**
 * One way to make one dispatch of several. It says where that is possible and what the fused step computes. The cost model says,
 * step by step, whether it pays.
 */
export interface FusionPass {
  readonly name: string;
  readonly summary: string;
  /** The fused step that begins with the step at `at`, or null where these do not fit together. */
  readonly match: (chain: Chain, at: number) => FusedStep | null;
}
