/** One file under generated/. It has the same bytes on every machine. */
export interface GeneratedFile {
  /** Relative to the root of the project. */
  readonly path: string;
  readonly contents: () => string | Promise<string>;
}
