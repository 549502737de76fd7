/** The document that is compiled. A shared link holds all of it. */
export interface PlayDocument {
  /** Name of the file. Its imports are found among the shipped specs, relative to this name. */
  readonly name: string;
  /** Text whose lines end with `\n`, so that offsets are the editor's. */
  readonly text: string;
  /** Name of a network; null for the first of the file. */
  readonly network: string | null;
  /** Values of the params that are not at their defaults, as text. */
  readonly params: Readonly<Record<string, string>>;
}
