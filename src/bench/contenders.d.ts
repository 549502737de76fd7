import type { io, LayersModel, GraphModel } from "@tensorflow/tfjs";
import type { loadModel, LoadOptions, Device, Model } from "../targets/webgpu/runtime/model.js";

/** A network made ready to run. */
export interface Contender {
  /** Values as the network sees them to the values of `output`. */
  readonly run: (values: Float32Array) => Promise<Float32Array>;
  readonly close: () => unknown;
}

type Shape = readonly number[];

export function openMnet(parts: {
  readonly loadModel: typeof loadModel;
  readonly device: Device;
  readonly options?: LoadOptions;
}): Promise<Contender & { readonly model: Model }>;

export function openTfjs(parts: {
  readonly tf: typeof import("@tensorflow/tfjs");
  readonly load: () => Promise<LayersModel | GraphModel>;
  readonly shape: Shape;
  readonly at: number;
}): Promise<Contender>;

export function timeFirst(
  open: () => Promise<Contender>,
  values: Float32Array,
): Promise<{ readonly milliseconds: number; readonly output: Float32Array }>;

/** How long to take times. */
export interface Effort {
  readonly seconds: number;
  readonly fewest: number;
  readonly most: number;
}

export function timeSteady(
  opens: readonly (() => Promise<Contender>)[],
  values: Float32Array,
  effort: Effort,
  onRound?: (done: number, rounds: number) => void,
): Promise<readonly { readonly output: Float32Array; readonly milliseconds: readonly number[] }[]>;

/** Nanoseconds that are long beside the rounding of time stamps. */
export const LONG_ENOUGH: number;
export const MOST_REPEATS: number;

export function passClock(device: Device): {
  /** Nanoseconds of a pass; time stamps of a busy device may give a few less than 0. */
  readonly time: (dispatch: Model["program"]["dispatches"][number], repeats: number) => Promise<number>;
  readonly destroy: () => void;
};

/** What one dispatch takes. */
export interface DispatchTime {
  readonly nanoseconds: number;
  /** How often it ran between two time stamps. */
  readonly repeats: number;
}

export function profileDispatches(
  model: Model,
  values: Float32Array,
  onDispatch?: (done: number) => void,
): Promise<readonly DispatchTime[]>;
