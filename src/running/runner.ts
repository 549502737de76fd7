/** The values of every output of a program, by name. Values are row-major. */
export type Outputs = ReadonlyMap<string, ArrayLike<number>>;

/** A network that is loaded and can run. */
export interface Runner {
  /** The name of the program: `tf.js (wasm)`, `WebGPU (SwiftShader Device)`. */
  readonly title: string;
  /** Runs the network on one image: height x width x channels, as the values that the network reads. */
  readonly run: (image: Float32Array) => Promise<Outputs>;
  /** Frees the memory of the network. */
  readonly close: () => void;
}
