import type { ExplainPage } from "./page.ts";

/** Findings that a verb makes rather than the compiler: no spec shows them. */
export const cliPages: readonly ExplainPage[] = [
  {
    code: "verify/differs",
    title: "A target computes something else than the interpreter.",
    why: 'The value of this layer is further from the float64 interpreter\'s than float32 arithmetic explains; every layer before it agrees, so the fault is in what this layer became, or in memory that was reused too early where only "output" differs. It is a fault of mnet, or of a driver: try another --target, and report it with the spec and the seed.',
    bad: "",
    good: "",
  },
];
