import type { Normalization } from "../../ir/graph.ts";
import type { DeviceClass } from "../../targets/webgpu/plan-choices.ts";

/** What the Run panel asks of the page around it. */
export interface RunHost {
  /**
   * Compiles the network that the editor holds now. Rejects with a sentence for the reader where it has errors or a device would
   * refuse it.
   */
  readonly build: (targets: RunTargets) => Promise<RunBuild>;
}

export interface RunTargets {
  /** False leaves `RunBuild.webgpu` empty. */
  readonly webgpu: boolean;
  /** False leaves `RunBuild.graphModel` empty. */
  readonly tfjs: boolean;
  /** The class of device that the WebGPU program is made for. */
  readonly device: DeviceClass;
}

/** A network compiled, with weights. */
export interface RunBuild {
  readonly network: string;
  readonly input: { readonly h: number; readonly w: number; readonly c: number };
  /** Null where pixels 0 to 255 enter as they are. */
  readonly normalization: Normalization | null;
  /** What `mnet build --target webgpu` writes: `plan.json`, `kernels/…`, `weights.bin`. */
  readonly webgpu: ReadonlyMap<string, Uint8Array>;
  /** What `loadGraphModel` reads: `model.json` and its shards. */
  readonly graphModel: ReadonlyMap<string, Uint8Array>;
  /** `digits`: the shipped trained weights; `seed`: random ones. */
  readonly weights: "digits" | "seed";
  /** Names of the classes of `output`. */
  readonly labels: readonly string[] | null;
  /** The statement or row that made each layer, by the path of the layer. */
  readonly lines: ReadonlyMap<string, SpecLine>;
}

/** A line of the spec. */
export interface SpecLine {
  /** Number of the line, from 1. */
  readonly line: number;
  /** The text of the line without the blanks around it. */
  readonly text: string;
}
