import { checkAsserts } from "./analysis/asserts.ts";
import { lowerAndStructure, orderDiagnostics, type ReadFile, type StructuredNetwork } from "./compile.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { ShapedGraph } from "./ir/graph.ts";
import { checkProgramBlocks, lowerNetwork } from "./lower/lower-network.ts";
import { loadProgram, type Program } from "./lower/program.ts";
import { readableProgram } from "./lower/readable-program.ts";
import { trainingGraph } from "./passes/pipeline.ts";
import type { Source } from "./text/source.ts";
import type { Span } from "./text/span.ts";

/** A network as far as it can be read, for those who show it while it is being written. */
export interface NetworkView {
  /**
   * Holds what no error silences, so it may end early, lack outputs or be no more than the input; null where nothing is
   * known. The training graph of `structured` where there is one.
   */
  readonly training: ShapedGraph | null;
  /** Null where anything but an `assert` is in error. */
  readonly structured: StructuredNetwork | null;
  /** Every path with where its label, op or row stands. */
  readonly paths: ReadonlyMap<string, { readonly span: Span }>;
}

export interface Inspection {
  readonly program: Program;
  /** What `check` finds in every network of the file. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every network and preset of the file, by name. */
  readonly views: ReadonlyMap<string, NetworkView>;
}

/** Finds what is wrong with every network of a file, and shows each as far as it can be read. */
export function inspect(entry: Source, read: ReadFile): Inspection {
  const program = loadProgram(entry, read);
  const diagnostics = [...program.diagnostics];
  const readable = readableProgram(program);
  const views = new Map<string, NetworkView>();
  for (const name of program.networks.keys()) {
    const { value, lowering, diagnostics: own } = lowerAndStructure(program, name, new Map());
    diagnostics.push(...own);
    if (value !== null) {
      diagnostics.push(...checkAsserts(value.training).diagnostics);
      views.set(name, { training: value.training, structured: value, paths: lowering.paths });
      continue;
    }
    const { partial, paths } = lowering.partial === null ? lowerNetwork(readable, name, new Map()) : lowering;
    // What is wrong has been told; the passes would tell it again in other words.
    const training = partial === null ? null : trainingGraph(partial, () => undefined);
    views.set(name, { training, structured: null, paths });
  }
  diagnostics.push(...checkProgramBlocks(program));
  return { program, diagnostics: orderDiagnostics(program, diagnostics), views };
}
