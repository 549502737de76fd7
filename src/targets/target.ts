import { error, type Diagnostic } from "../diagnostics/diagnostic.ts";
import type { WeightStore } from "../formats/tensor.ts";
import { WeightError } from "../formats/weight-error.ts";
import type { NetworkGraphs } from "../ir/network-graphs.ts";
import type { EmittedFile } from "./emitted-file.ts";
import type { OptionSchema, OptionValues } from "./target-option.ts";

/** The result of a target. There are no files if a finding is an error. */
export interface Emission {
  readonly files: readonly EmittedFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** How much a build changed the outputs of a network, measured on one image. */
export interface Measurement {
  /** Name of the figures in JSON. */
  readonly name: string;
  readonly figures: Readonly<Record<string, number>>;
  /** The figures in a sentence for people. */
  readonly sentence: string;
}

/** A kind of program that a network compiles to. All fields except the emitter are data and load no other module. */
export interface Target<N extends string = string, S extends OptionSchema = OptionSchema> {
  /** Its name on the command line, and the name of its folder in a build. */
  readonly name: N;
  /** Its name in a sentence. */
  readonly title: string;
  /** What a build contains, with an article: `a tf.js module`. */
  readonly summary: string;
  /** The graphs that it reads. */
  readonly reads: "training" | "inference" | "both";
  readonly weights: "none" | "optional" | "required";
  readonly options: S;
  /** Returns true if these options require weights. Otherwise weights are optional. */
  needsWeights?(options: OptionValues<S>): boolean;
  /**
   * Compiles a network. Reports a missing weight or a wrong shape as a finding and does not throw.
   *
   * @param weights null for a module without weights. A target that requires weights then reports each of them as
   * missing.
   */
  emit(network: NetworkGraphs, weights: WeightStore | null, options: OptionValues<S>): Promise<Emission>;
  /**
   * Measures what the options did to the outputs, on one image of the input's shape. Returns null if the options
   * change nothing. The weights must be weights that {@link emit} accepts without an error.
   */
  measure?(
    network: NetworkGraphs,
    weights: WeightStore,
    options: OptionValues<S>,
    image: Float32Array,
  ): Promise<Measurement | null>;
}

/** A target as its own file declares it. Its emitter may throw `WeightError`. */
type Description<N extends string, S extends OptionSchema> = Omit<Target<N, S>, "emit"> & {
  readonly emit: (network: NetworkGraphs, weights: WeightStore | null, options: OptionValues<S>) => Promise<Emission>;
};

/** Makes a target from its declaration. The target's `emit` turns a `WeightError` of the emitter into findings. */
export function defineTarget<const N extends string, const S extends OptionSchema>(
  description: Description<N, S>,
): Target<N, S> {
  return {
    ...description,
    async emit(network, weights, options) {
      try {
        return await description.emit(network, weights, options);
      } catch (cause) {
        if (!(cause instanceof WeightError)) throw cause;
        return { files: [], diagnostics: await weightFindings(network, weights, cause) };
      }
    },
  };
}

/** Returns all problems of the weights of a network, or the one problem of a tensor that no layer reads. */
async function weightFindings(
  { training }: NetworkGraphs,
  weights: WeightStore | null,
  { message }: WeightError,
): Promise<readonly Diagnostic[]> {
  const { checkWeights } = await import("../weights/check-weights.ts");
  const found = checkWeights(training, weights ?? new Map()).filter(({ severity }) => severity === "error");
  if (found.length > 0) return found;
  return [error("weights/unwritable", training.span, message, { hint: "Leave this tensor out of the weights." })];
}
