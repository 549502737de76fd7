import type { LintOptions } from "../../lint/lint.ts";
import type { ReadFile } from "../../program/program.ts";

/** What a server is given of the machine it runs on. */
export interface Host {
  /** The way from a spec to what it imports on disk, never out of its project. Names begin with `/`, on any system. */
  readonly reader: (spec: string) => ReadFile;
  /** Every spec below a folder. */
  readonly specsBelow: (folder: string) => readonly string[];
  /** How specs are linted where this one lies, and what is wrong with the configuration that says so. */
  readonly lintOptions: (spec: string) => { readonly options: LintOptions; readonly problem: string | null };
  /** The folder in which the block library's files can be opened. Written when first asked for. */
  readonly libraryFolder: () => string;
}
