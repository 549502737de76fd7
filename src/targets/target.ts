import { error, type Diagnostic } from "../diagnostics/diagnostic.ts";
import type { WeightStore } from "../formats/tensor.ts";
import { WeightError } from "../formats/weight-error.ts";
import type { NetworkGraphs } from "../ir/network-graphs.ts";
import type { EmittedFile } from "./emitted-file.ts";
import type { OptionSchema, OptionValues } from "./target-option.ts";

/** What a target makes of a network. There are no files when a finding is an error. */
export interface Emission {
  readonly files: readonly EmittedFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What a build did to the numbers of a network, measured on one image. */
export interface Measurement {
  /** Name of the figures in JSON. */
  readonly name: string;
  readonly figures: Readonly<Record<string, number>>;
  /** The figures in a sentence for people. */
  readonly sentence: string;
}

/** A kind of program that a network compiles to. Everything but the emitter is data that loads nothing else. */
export interface Target<N extends string = string, S extends OptionSchema = OptionSchema> {
  /** Its name on the command line, and of its folder in a build. */
  readonly name: N;
  /** Its name in a sentence. */
  readonly title: string;
  /** What a build holds, with its article: `a tf.js module`. */
  readonly summary: string;
  /** The graphs that it reads. */
  readonly reads: "training" | "inference" | "both";
  readonly weights: "none" | "optional" | "required";
  readonly options: S;
  /** Returns true when these options cannot do without weights, which are optional otherwise. */
  needsWeights?(options: OptionValues<S>): boolean;
  /**
   * Compiles a network. A weight that is missing or has another shape is a finding and never an exception.
   *
   * @param weights null for a module without weights; a target that requires them finds that each is missing
   */
  emit(network: NetworkGraphs, weights: WeightStore | null, options: OptionValues<S>): Promise<Emission>;
  /**
   * Measures what the options did to the outputs, on one image of the input's shape. Returns null when they change
   * nothing. Takes weights that {@link emit} took without an error.
   */
  measure?(
    network: NetworkGraphs,
    weights: WeightStore,
    options: OptionValues<S>,
    image: Float32Array,
  ): Promise<Measurement | null>;
}

/** How a target's own file describes it: its emitter may throw `WeightError` and requires no more than it says. */
type Description<N extends string, S extends OptionSchema> = Omit<Target<N, S>, "emit"> & {
  readonly emit: (network: NetworkGraphs, weights: WeightStore | null, options: OptionValues<S>) => Promise<Emission>;
};

/** Makes a target of its description. The target's `emit` turns a `WeightError` of the emitter into findings. */
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

/** Everything that is wrong with the weights of a network, or what one tensor that no layer reads was refused for. */
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
