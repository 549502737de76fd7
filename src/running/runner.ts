/** The values of every output of a program, by name. Values are row-major. */
export type Outputs = ReadonlyMap<string, ArrayLike<number>>;

/** A network that is ready to run. */
export interface Runner {
  /** Its name for people: `tf.js (wasm)`, `WebGPU (SwiftShader Device)`. */
  readonly title: string;
  /** Runs one image: height x width x channels, as the network sees it. */
  readonly run: (image: Float32Array) => Promise<Outputs>;
  /** Frees what the network holds. */
  readonly close: () => void;
}
