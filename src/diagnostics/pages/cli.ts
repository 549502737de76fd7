import type { ExplainPage } from "./page.ts";

/** Pages of findings that come from a verb and not from the compiler. No spec shows them. */
export const cliPages: readonly ExplainPage[] = [
  {
    code: "format/too-large",
    title: "After formatting, a file would be larger than a file may be.",
    why: "Aligned columns and indented bodies take room, and a file may have 1 MiB and 200 000 tokens. The file is left as it is. Move blocks to another file and import it. One row with `n` says the same as n equal rows.",
    bad: "",
    good: "",
  },
  {
    code: "verify/differs",
    title: "A target does not compute what the interpreter computes.",
    why: 'Float32 arithmetic does not explain how far the value of this layer is from that of the float64 interpreter. Every layer before it agrees, so the code for this layer is at fault, or memory was reused too early if only "output" differs. It is a fault of mnet or of a driver: try another --target, and report it with the spec and the seed.',
    bad: "",
    good: "",
  },
];
