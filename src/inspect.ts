import { checkAsserts } from "./analysis/asserts.ts";
import { orderDiagnostics, structureNetwork, type StructuredNetwork } from "./compile.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { ShapedGraph } from "./ir/graph.ts";
import { checkProgramBlocks, lowerNetwork, type NetworkLowering } from "./lower/lower-network.ts";
import type { Program } from "./program/program.ts";
import { paramValues } from "./lower/values/param-value.ts";
import { readableProgram } from "./program/readable-program.ts";
import { trainingGraph } from "./passes/pipeline.ts";

/** A network as far as it can be read, to be shown while it is being written. */
export interface NetworkView extends Pick<NetworkLowering, "paths" | "trace" | "valueOf"> {
  /**
   * The training graph of `structured` if there is one. Otherwise the part that no error hides, which may end early, lack outputs or be
   * only the input; null where nothing is known.
   */
  readonly training: ShapedGraph | null;
  /** Null if anything but an `assert` is in error. */
  readonly structured: StructuredNetwork | null;
}

/** One network of a file, and values for its params in place of their defaults. */
export interface NetworkChoice {
  readonly network: string;
  /** Values as text, by the name of the param: `width` to `0.75`. */
  readonly set: ReadonlyMap<string, string>;
}

export interface Inspection {
  readonly program: Program;
  /** What the compiler finds in every network of the file. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every network and preset of the file, by name. */
  readonly views: ReadonlyMap<string, NetworkView>;
}

const asWritten: ReadonlyMap<string, string> = new Map();

/**
 * Finds what is wrong with every network of a program, and shows each as far as it can be read. The chosen network gets the values of its
 * choice; all others keep the defaults of their params.
 */
export function inspect(program: Program, choice: NetworkChoice | null = null): Inspection {
  const diagnostics = [...program.diagnostics];
  const readable = readableProgram(program);
  const views = new Map<string, NetworkView>();
  for (const name of program.networks.keys()) {
    const set = choice?.network === name ? choice.set : asWritten;
    const { value, lowering, diagnostics: own } = structureNetwork(program, name, set);
    diagnostics.push(...own);
    if (value !== null) diagnostics.push(...checkAsserts(value.training).diagnostics);
    const { partial, paths, trace, valueOf } =
      lowering.partial === null ? lowerNetwork(readable, name, paramValues(set)) : lowering;
    // The findings are reported already; the passes would report them again in other words.
    const training = value?.training ?? (partial === null ? null : trainingGraph(partial, () => undefined));
    views.set(name, { training, structured: value, paths, trace, valueOf });
  }
  diagnostics.push(...checkProgramBlocks(program));
  return { program, diagnostics: orderDiagnostics(program, diagnostics), views };
}
