import { chooseNetwork, chooseNetworks } from "./program/choose-networks.ts";
import { hasErrors, type Diagnostic, type Outcome } from "./diagnostics/diagnostic.ts";
import { checkAsserts } from "./analysis/asserts.ts";
import type { LoweredGraph, ShapedGraph } from "./ir/graph.ts";
import type { NetworkGraphs } from "./ir/network-graphs.ts";
import { checkProgramBlocks, lowerNetwork, type NetworkLowering } from "./lower/lower-network.ts";
import { paramValues } from "./lower/values/param-value.ts";
import { loadProgram, type Program, type ReadFile } from "./program/program.ts";
import { inferenceGraph, trainingGraph } from "./passes/pipeline.ts";
import type { Trace } from "./lower/trace.ts";
import type { Source } from "./text/source.ts";

export type { ReadFile } from "./program/program.ts";

/** What to compile a spec with. */
export interface CompileRequest {
  /** The network or preset; null for the first of the file. */
  readonly network: string | null;
  /** Values of params by name, as text: `width` to `0.75`. */
  readonly set: ReadonlyMap<string, string>;
  /** Reads imports and label files; see `ReadFile`. */
  readonly read: ReadFile;
}

/** One network before anything is made of it for a target, with the way back to its text. */
export interface StructuredNetwork {
  readonly lowered: LoweredGraph;
  readonly training: ShapedGraph;
  readonly trace: Trace;
}

/** One network at the three stages that others read. */
export interface CompiledNetwork extends NetworkGraphs {
  readonly lowered: LoweredGraph;
}

interface Report {
  /** Every file read, by name, for rendering places. */
  readonly sources: ReadonlyMap<string, Source>;
  /** Networks and presets of the file, in order. */
  readonly networks: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface Compilation extends Report {
  /** Null where anything but an `assert` is in error. */
  readonly value: CompiledNetwork | null;
}

/** The way of the data: text, AST, graph, passes. Targets and analyses take the graphs from here. */
export function compile(entry: Source, request: CompileRequest): Compilation {
  return compileProgram(loadProgram(entry, request.read), request);
}

/** The same from a program that is parsed already, for those who compile it many times. */
export function compileProgram(program: Program, request: Omit<CompileRequest, "read">): Compilation {
  const diagnostics = [...program.diagnostics];
  const name = chooseNetwork(program, request.network, diagnostics);
  if (name === null) return { ...summary(program, diagnostics), value: null };
  const compiled = compileNetwork(program, name, request.set);
  const value = hasErrors(program.diagnostics) ? null : compiled.value;
  return { ...summary(program, [...diagnostics, ...compiled.diagnostics]), value };
}

/** Finds what is wrong with every network of a file, or with the one that is named. */
export function check(entry: Source, request: CompileRequest): Report {
  const program = loadProgram(entry, request.read);
  const { names, diagnostics: unknown } = chooseNetworks(program, request.network);
  const diagnostics = [...program.diagnostics, ...unknown];
  for (const name of names) diagnostics.push(...compileNetwork(program, name, request.set).diagnostics);
  diagnostics.push(...checkProgramBlocks(program));
  return summary(program, diagnostics);
}

function compileNetwork(
  program: Program,
  name: string,
  set: ReadonlyMap<string, string>,
): { readonly value: CompiledNetwork | null; readonly diagnostics: readonly Diagnostic[] } {
  const structuring = lowerAndStructure(program, name, set);
  if (structuring.value === null) return { value: null, diagnostics: structuring.diagnostics };
  const { lowered, training } = structuring.value;
  const diagnostics = [...structuring.diagnostics];
  const inference = inferenceGraph(training, (diagnostic) => diagnostics.push(diagnostic));
  diagnostics.push(...checkAsserts(training).diagnostics);
  return { value: { lowered, training, inference }, diagnostics };
}

/** As far as the training graph; null where anything found so far, in the file or in the network, is an error. */
export function structureNetwork(
  program: Program,
  name: string,
  set: ReadonlyMap<string, string>,
  diagnostics: Diagnostic[],
): StructuredNetwork | null {
  const { value, diagnostics: own } = lowerAndStructure(program, name, set);
  diagnostics.push(...own);
  return hasErrors(diagnostics) ? null : value;
}

/** The same with what an error leaves of the lowered graph. The value is null where anything in the network is in error. */
export function lowerAndStructure(
  program: Program,
  name: string,
  set: ReadonlyMap<string, string>,
): Outcome<StructuredNetwork> & { readonly lowering: NetworkLowering } {
  const lowering = lowerNetwork(program, name, paramValues(set));
  if (lowering.value === null) return { value: null, diagnostics: lowering.diagnostics, lowering };
  const { graph: lowered, trace } = lowering.value;
  const diagnostics = [...lowering.diagnostics];
  const training = trainingGraph(lowered, (diagnostic) => diagnostics.push(diagnostic));
  return { value: hasErrors(diagnostics) ? null : { lowered, training, trace }, diagnostics, lowering };
}

function summary(program: Program, diagnostics: readonly Diagnostic[]): Report {
  return {
    sources: program.sources,
    networks: [...program.networks.keys()],
    diagnostics: orderDiagnostics(program, diagnostics),
  };
}

/** Orders findings by file and place, and says each once though several networks share the place. */
export function orderDiagnostics(program: Program, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const files = [...program.sources.keys()];
  const seen = new Set<string>();
  const unique = diagnostics.filter((diagnostic) => {
    const { code, span, message } = diagnostic;
    const key = [code, span.file, span.start, span.end, message].join("\u0000");
    return !seen.has(key) && seen.add(key);
  });
  return unique
    .map((diagnostic, index) => ({ diagnostic, index }))
    .sort(
      (a, b) =>
        files.indexOf(a.diagnostic.span.file) - files.indexOf(b.diagnostic.span.file) ||
        a.diagnostic.span.start - b.diagnostic.span.start ||
        a.index - b.index,
    )
    .map(({ diagnostic }) => diagnostic);
}
