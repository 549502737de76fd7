import type { ExplainPage } from "./page.ts";

/** Findings that a verb makes rather than the compiler: no spec shows them. */
export const cliPages: readonly ExplainPage[] = [
  {
    code: "format/too-large",
    title: "Formatted, a file would be larger than a file may be.",
    why: "Columns that are aligned and bodies that are indented take room, and a file may have 1 MiB and 200 000 tokens. The file is left as it is. Move blocks to a file of their own and import it; a row with `n` says the same as n equal rows.",
    bad: "",
    good: "",
  },
  {
    code: "verify/differs",
    title: "A target computes something else than the interpreter.",
    why: 'The value of this layer is further from the float64 interpreter\'s than float32 arithmetic explains; every layer before it agrees, so the fault is in what this layer became, or in memory that was reused too early where only "output" differs. It is a fault of mnet, or of a driver: try another --target, and report it with the spec and the seed.',
    bad: "",
    good: "",
  },
];
