/** A `GPUDevice`, declared loosely, so that these types need no others. */
export interface Device {
  readonly features: { has(name: string): boolean };
  readonly limits: object;
  readonly lost: Promise<unknown>;
  readonly queue: object;
}

export interface LoadOptions {
  /** Gives a file's bytes (`plan.json`, `weights.bin`, `kernels/…`); by default files lie beside `model.js`. */
  readonly read?: (path: string) => ArrayBuffer | ArrayBufferView | Promise<ArrayBuffer | ArrayBufferView>;
}

/** What one dispatch wrote. */
export interface TracedValue {
  /** Paths of the layers that the dispatch computes, in order. */
  readonly layers: readonly string[];
  /** The layer whose value this is; null for a part of one. */
  readonly path: string | null;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface Model {
  readonly network: string;
  readonly input: {
    readonly name: string;
    /** Height, width, channels. */
    readonly shape: readonly number[];
    /** Pixels 0 to 255 become (x - mean) / std, by channel, before `run`; null where they enter as they are. */
    readonly normalization: { readonly mean: readonly number[]; readonly std: readonly number[] } | null;
  };
  readonly outputs: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** Bytes. */
  readonly memory: {
    readonly activationBytes: number;
    readonly lowerBoundBytes: number;
    readonly weightBytes: number;
  };
  /**
   * Runs one image: height x width x channels in that order, as the network sees it. Calls may overlap; each waits for the one
   * before. Rejects where the image has another length, and after `destroy` or the loss of the device.
   */
  run(image: Float32Array): Promise<Record<string, Float32Array>>;
  /** Runs one dispatch at a time, and copies each result before its memory is used again: slow, for comparisons. */
  trace(image: Float32Array): Promise<TracedValue[]>;
  /** Frees everything on the device; the device itself stays the caller's. */
  destroy(): void;
}

/** Rejects where a file is missing or of another build, or the device lacks a limit or feature that the network needs. */
export function loadModel(device: Device, options?: LoadOptions): Promise<Model>;
