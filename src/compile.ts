import { chooseNetwork, chooseNetworks } from "./program/choose-networks.ts";
import { hasErrors, type Diagnostic, type Outcome } from "./diagnostics/diagnostic.ts";
import { checkAsserts } from "./analysis/asserts.ts";
import type { LoweredGraph, ShapedGraph } from "./ir/graph.ts";
import type { NetworkGraphs } from "./ir/network-graphs.ts";
import { checkProgramBlocks, lowerNetwork, type NetworkLowering } from "./lower/lower-network.ts";
import { paramValues } from "./lower/values/param-value.ts";
import { loadProgram } from "./program/load-program.ts";
import type { Program, ReadFile } from "./program/program.ts";
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
  /** Reads imported files and files of labels. */
  readonly read: ReadFile;
}

/** One network with its training graph, before the inference passes, and with the way back from its layers to its text. */
export interface StructuredNetwork {
  readonly lowered: LoweredGraph;
  readonly training: ShapedGraph;
  readonly trace: Trace;
}

/** One network at the three stages that targets and analyses read. */
export interface CompiledNetwork extends NetworkGraphs {
  readonly lowered: LoweredGraph;
}

/** What was found in a spec, and what it consists of. */
export interface CheckReport {
  /** Every file that was read, by name; rendering a place needs its text. */
  readonly sources: ReadonlyMap<string, Source>;
  /** The names of the networks and presets of the file, in order. */
  readonly networks: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The result of compiling one network. */
export interface Compilation extends CheckReport {
  /** Null where anything but an `assert` is in error. */
  readonly value: CompiledNetwork | null;
}

/**
 * Compiles one network of a spec, on the way of the data: text, AST, graph, passes. Targets and analyses take the graphs from here.
 *
 * @param entry the spec.
 * @param request the network, the values of its params, and how to read imports.
 * @returns the network at three stages, null where anything but an `assert` is in error, and what was found.
 */
export function compile(entry: Source, request: CompileRequest): Compilation {
  return compileProgram(loadProgram(entry, request.read), request);
}

/**
 * Compiles one network of a program that is parsed already, for callers that compile it many times.
 *
 * @param program the parsed files; see `loadProgram`.
 * @param request the network and the values of its params.
 * @returns as {@link compile} does.
 */
export function compileProgram(program: Program, request: Omit<CompileRequest, "read">): Compilation {
  const { value: name, diagnostics: unknown } = chooseNetwork(program, request.network);
  const diagnostics = [...program.diagnostics, ...unknown];
  if (name === null) return { ...summary(program, diagnostics), value: null };
  const compiled = compileNetwork(program, name, request.set);
  const value = hasErrors(program.diagnostics) ? null : compiled.value;
  return { ...summary(program, [...diagnostics, ...compiled.diagnostics]), value };
}

/**
 * Finds what is wrong with every network of a spec, or with the one that is named.
 *
 * @param entry the spec.
 * @param request the network, null for all of them; the values of its params; and how to read imports.
 * @returns the diagnostics in the order of files and places; no errors where all networks compile.
 */
export function check(entry: Source, request: CompileRequest): CheckReport {
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
  const structuring = structureNetwork(program, name, set);
  if (structuring.value === null) return { value: null, diagnostics: structuring.diagnostics };
  const { lowered, training } = structuring.value;
  const diagnostics = [...structuring.diagnostics];
  const inference = inferenceGraph(training, (diagnostic) => diagnostics.push(diagnostic));
  diagnostics.push(...checkAsserts(training).diagnostics);
  return { value: { lowered, training, inference }, diagnostics };
}

/**
 * Takes one network as far as the training graph, with the trace that leads back to its text.
 *
 * @param name a network of the program.
 * @param set values of params by name, as text.
 * @returns the network, null where anything in it is in error, and the lowering, which holds what errors leave of the graph.
 */
export function structureNetwork(
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

function summary(program: Program, diagnostics: readonly Diagnostic[]): CheckReport {
  return {
    sources: program.sources,
    networks: [...program.networks.keys()],
    diagnostics: orderDiagnostics(program, diagnostics),
  };
}

/** Orders findings by file and place, and drops those that several networks have in one place with the same words. */
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
