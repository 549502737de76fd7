/** The files that a session gets from its environment. */
export interface SessionFiles {
  /** Text of every shipped spec, by file name. */
  readonly specs: ReadonlyMap<string, string>;
  /** Reads the shipped weights of `digits.mnet`, as safetensors. */
  readonly digitsWeights: () => Promise<Uint8Array>;
}
