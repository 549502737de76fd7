import { checkAsserts } from "./analysis/asserts.ts";
import { lowerAndStructure, orderDiagnostics, type StructuredNetwork } from "./compile.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { ShapedGraph } from "./ir/graph.ts";
import { checkProgramBlocks, lowerNetwork, type NetworkLowering } from "./lower/lower-network.ts";
import type { Program } from "./program/program.ts";
import { paramValues } from "./lower/values/param-value.ts";
import { readableProgram } from "./program/readable-program.ts";
import { trainingGraph } from "./passes/pipeline.ts";

/** A network as far as it can be read, for those who show it while it is being written. */
export interface NetworkView extends Pick<NetworkLowering, "paths" | "trace" | "valueOf"> {
  /**
   * Holds what no error silences, so it may end early, lack outputs or be no more than the input; null where nothing is
   * known. The training graph of `structured` where there is one.
   */
  readonly training: ShapedGraph | null;
  /** Null where anything but an `assert` is in error. */
  readonly structured: StructuredNetwork | null;
}

/** One network of a file with values that its params are given instead of their defaults. */
export interface NetworkChoice {
  readonly network: string;
  /** As text, by name: `width` to `0.75`. */
  readonly set: ReadonlyMap<string, string>;
}

export interface Inspection {
  readonly program: Program;
  /** What `check` finds in every network of the file. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every network and preset of the file, by name. */
  readonly views: ReadonlyMap<string, NetworkView>;
}

const asWritten: ReadonlyMap<string, string> = new Map();

/**
 * Finds what is wrong with every network of a program, and shows each as far as it can be read: with its params as they are
 * written, but for the one that is chosen.
 */
export function inspect(program: Program, choice: NetworkChoice | null = null): Inspection {
  const diagnostics = [...program.diagnostics];
  const readable = readableProgram(program);
  const views = new Map<string, NetworkView>();
  for (const name of program.networks.keys()) {
    const set = choice?.network === name ? choice.set : asWritten;
    const { value, lowering, diagnostics: own } = lowerAndStructure(program, name, set);
    diagnostics.push(...own);
    if (value !== null) diagnostics.push(...checkAsserts(value.training).diagnostics);
    const { partial, paths, trace, valueOf } =
      lowering.partial === null ? lowerNetwork(readable, name, paramValues(set)) : lowering;
    // What is wrong has been told; the passes would tell it again in other words.
    const training = value?.training ?? (partial === null ? null : trainingGraph(partial, () => undefined));
    views.set(name, { training, structured: value, paths, trace, valueOf });
  }
  diagnostics.push(...checkProgramBlocks(program));
  return { program, diagnostics: orderDiagnostics(program, diagnostics), views };
}
