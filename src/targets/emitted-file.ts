/** One file of what a target emits. */
export interface EmittedFile {
  /** Relative to the output folder, parts joined by `/`. */
  readonly path: string;
  readonly contents: string | Uint8Array;
}
