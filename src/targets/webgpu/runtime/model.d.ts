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
  /** Called when a kernel is compiled and when the weights are there: `done` of `total` files. */
  readonly onProgress?: (progress: { readonly file: string; readonly done: number; readonly total: number }) => void;
  /** Told if a CPU plays the GPU; by default `console.warn`. */
  readonly onWarning?: (message: string) => void;
}

/** Pixels that are there: red, green, blue and alpha of one after the other, row by row, as in `ImageData`. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/**
 * What `copyExternalImageToTexture` takes: in browsers an `ImageBitmap`, a canvas, a `VideoFrame`, a video or image element.
 * It may have any size: it is scaled until it covers the input, and the middle is cut out.
 */
export type ImageSource = Pixels | { readonly width: number; readonly height: number } | FrameSource;

/** A `VideoFrame`. */
export interface FrameSource {
  readonly displayWidth: number;
  readonly displayHeight: number;
}

/** One of the largest values. */
export interface TopValue {
  /** Place in the output, row-major. */
  readonly index: number;
  readonly value: number;
  /** Null where the spec names no classes. */
  readonly label: string | null;
}

export interface Model {
  readonly network: string;
  readonly input: {
    readonly name: string;
    /** Height, width, channels. */
    readonly shape: readonly number[];
    /** Pixels 0 to 255 become (x - mean) / std, by channel; `runImage` does that. Null where they enter as they are. */
    readonly normalization: { readonly mean: readonly number[]; readonly std: readonly number[] } | null;
  };
  readonly outputs: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** Names of the classes of `output`, as far as the spec gives them. */
  readonly labels: readonly string[] | null;
  /** Bytes. */
  readonly memory: {
    readonly activationBytes: number;
    readonly lowerBoundBytes: number;
    readonly weightBytes: number;
  };
  /** A CPU plays the GPU (`isFallbackAdapter`): results are right, and come slowly. */
  readonly isSoftware: boolean;
  /**
   * Runs one image: height x width x channels in that order, normalised, as the network sees it. It is read during the call,
   * before anything is awaited; calls may overlap, and run in their order. Rejects where the image has another length, and
   * after `destroy` or the loss of the device.
   */
  run(values: Float32Array): Promise<Record<string, Float32Array>>;
  /**
   * Runs a picture. One of the input's size is read by the network's first kernel, which normalises it, where that is a conv;
   * another is scaled first, in one dispatch more. The first call of either kind compiles what it takes, and reads the picture
   * after; later ones read it at once. Rejects where the input has other channels than 1, 3 or 4, too.
   */
  runImage(image: ImageSource): Promise<Record<string, Float32Array>>;
  /**
   * Runs either kind, and gives the `k` (5) largest values of `output`, largest first, ties in order of index, NaN never among
   * them. One dispatch more, compiled by the first call, and 8 k bytes are read back instead of all outputs. Rejects where
   * `output` has more than 32768 values, too.
   */
  runTopK(image: Float32Array | ImageSource, k?: number): Promise<TopValue[]>;
  /** Frees everything on the device; the device itself stays the caller's. */
  destroy(): void;
  /** What a run is made of, for tools that time it or look into it. */
  readonly program: {
    readonly device: Device;
    /** The content of `plan.json`. */
    readonly plan: object;
    /** A `GPUBuffer` for each of the plan's `buffers`. */
    readonly buffers: readonly object[];
    /** A `GPUComputePipeline` and `GPUBindGroup` for each of the plan's `dispatches`. */
    readonly dispatches: readonly {
      readonly pipeline: object;
      readonly group: object;
      readonly workgroups: readonly [number, number, number];
    }[];
  };
}

/**
 * Loads a network and compiles its kernels, all at once. Rejects, before anything lies on the device, where a file is missing
 * or of another build, or the device lacks a limit or feature that the network needs.
 */
export function loadModel(device: Device, options?: LoadOptions): Promise<Model>;
