import type { LintOptions } from "../../lint/lint.ts";
import type { ReadFile } from "../../program/program.ts";

/** What a server needs of the machine that it runs on. */
export interface Host {
  /** Returns the reader of what a spec imports. It never leaves the project of the spec. Names begin with `/` on every system. */
  readonly reader: (spec: string) => ReadFile;
  /** Every spec below a folder. */
  readonly specsBelow: (folder: string) => readonly string[];
  /** Returns how the spec is linted, and what is wrong with its configuration. */
  readonly lintOptions: (spec: string) => { readonly options: LintOptions; readonly problem: string | null };
  /** Returns a folder with the files of the block library. The first call writes them. */
  readonly libraryFolder: () => string;
}
