/** The document that is compiled. A shared link contains all of these fields. */
export interface PlayDocument {
  /** Name of the file. Its imports are found among the shipped specs, relative to this name. */
  readonly name: string;
  /** The text. Its lines end with `\n`, so offsets are the same as in the editor. */
  readonly text: string;
  /** The name of a network, or null for the first network of the file. */
  readonly network: string | null;
  /** The values, as text, of the params that differ from their defaults. */
  readonly params: Readonly<Record<string, string>>;
}
