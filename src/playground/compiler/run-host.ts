import type { Normalization } from "../../ir/graph.ts";
import type { DeviceClass } from "../../targets/webgpu/plan-choices.ts";

/** The functions of the page that the Run panel calls. */
export interface RunHost {
  /**
   * Compiles the network that is in the editor now. Rejects with a sentence for the reader if it has errors or a
   * device would refuse it.
   */
  readonly build: (targets: RunTargets) => Promise<RunBuild>;
}

export interface RunTargets {
  /** False leaves `RunBuild.webgpu` empty. */
  readonly webgpu: boolean;
  /** False leaves `RunBuild.graphModel` empty. */
  readonly tfjs: boolean;
  /** The class of devices for which the WebGPU program is made. */
  readonly device: DeviceClass;
}

/** A compiled network with weights. */
export interface RunBuild {
  readonly network: string;
  readonly input: { readonly h: number; readonly w: number; readonly c: number };
  /** Null if pixels from 0 to 255 are not normalised. */
  readonly normalization: Normalization | null;
  /** The files that `mnet build --target webgpu` writes: `plan.json`, `kernels/…`, `weights.bin`. */
  readonly webgpu: ReadonlyMap<string, Uint8Array>;
  /** The files that `loadGraphModel` reads: `model.json` and its shards. */
  readonly graphModel: ReadonlyMap<string, Uint8Array>;
  /** `digits`: the shipped trained weights; `seed`: random ones. */
  readonly weights: "digits" | "seed";
  /** The class names of the output `output`. */
  readonly labels: readonly string[] | null;
  /** The statement or row that each layer comes from, by the path of the layer. */
  readonly lines: ReadonlyMap<string, SpecLine>;
}

/** A line of the spec. */
export interface SpecLine {
  /** Number of the line, from 1. */
  readonly line: number;
  /** The text of the line without leading and trailing blanks. */
  readonly text: string;
}
