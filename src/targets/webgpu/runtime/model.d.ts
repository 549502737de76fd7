/** A `GPUDevice`, declared loosely, so that these types need no others. */
export interface Device {
  readonly features: { has(name: string): boolean };
  readonly limits: object;
  readonly lost: Promise<unknown>;
  readonly queue: object;
}

export interface LoadOptions {
  /** Returns a file's bytes (`plan.json`, `weights.bin`, `kernels/…`). Default: reads the file beside `model.js`. */
  readonly read?: (path: string) => ArrayBuffer | ArrayBufferView | Promise<ArrayBuffer | ArrayBufferView>;
  /** Called when a kernel is compiled and when the weights are read: `done` of `total` files are ready. */
  readonly onProgress?: (progress: { readonly file: string; readonly done: number; readonly total: number }) => void;
  /** Called if a CPU plays the GPU. Default: `console.warn`. */
  readonly onWarning?: (message: string) => void;
}

/** Pixels in memory: red, green, blue and alpha of one after the other, row by row, as in `ImageData`. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/**
 * An image that `copyExternalImageToTexture` takes: in browsers an `ImageBitmap`, a canvas, a `VideoFrame`, a video or image
 * element. It may have any size: it is scaled until it covers the input, and the middle is cut out.
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
    /** `runImage` makes (x - mean) / std of pixels from 0 to 255, channel by channel. Null where pixels enter as they are. */
    readonly normalization: { readonly mean: readonly number[]; readonly std: readonly number[] } | null;
  };
  readonly outputs: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** Names of the classes of `output`, as far as the spec gives them; null where it gives none. */
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
   * Runs one image, given as height x width x channels in that order, normalised, as the network sees it. It is read during the
   * call, before anything is awaited. Calls may overlap, and run in their order. Rejects an image of another length, and any call
   * after `destroy` or the loss of the device.
   */
  run(values: Float32Array): Promise<Record<string, Float32Array>>;
  /**
   * Runs a picture. If it has the input's size and the network begins with a conv, the first kernel reads and normalises it. Any
   * other is scaled first, in one dispatch more. The first call of either kind compiles a kernel before it reads the picture; later
   * calls read it at once. Rejects what `run` rejects, and any picture for an input with other channels than 1, 3 or 4.
   */
  runImage(image: ImageSource): Promise<Record<string, Float32Array>>;
  /**
   * Runs numbers or a picture, and returns the `k` (default 5) largest values of `output`, largest first, ties in order of index,
   * without NaN. It takes one dispatch more, which the first call compiles, and reads back 8 k bytes instead of all outputs. Rejects
   * what `run` and `runImage` reject, and any call where `output` has more than 32768 values.
   */
  runTopK(image: Float32Array | ImageSource, k?: number): Promise<TopValue[]>;
  /** Frees everything that the model has on the device. The device itself stays the caller's. */
  destroy(): void;
  /** The parts of a run, for tools that time or inspect it. */
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
 * Loads a network and compiles its kernels, all at once. Rejects, before anything lies on the device, if a file is missing
 * or of another build, or if the device lacks a limit or feature that the network needs.
 */
export function loadModel(device: Device, options?: LoadOptions): Promise<Model>;
