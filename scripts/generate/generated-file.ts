/** One file under generated/: the same bytes every time, whatever the machine. */
export interface GeneratedFile {
  /** Relative to the root of the project. */
  readonly path: string;
  readonly contents: () => string | Promise<string>;
}
