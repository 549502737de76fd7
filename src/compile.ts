import { error, hasErrors, type Diagnostic } from "./diagnostics/diagnostic.ts";
import { checkAsserts } from "./analysis/asserts.ts";
import type { LoweredGraph, ShapedGraph } from "./ir/graph.ts";
import { checkProgramBlocks, lowerNetwork } from "./lower/lower-network.ts";
import { parseParamValue } from "./lower/param-value.ts";
import { loadProgram, type Program, type ReadFile } from "./lower/program.ts";
import { inferenceGraph, trainingGraph } from "./passes/pipeline.ts";
import { didYouMean } from "./syntax/did-you-mean.ts";
import type { Source } from "./text/source.ts";

export type { ReadFile } from "./lower/program.ts";

/** What to compile a spec with. */
export interface CompileRequest {
  /** The network or preset; null for the first of the file. */
  readonly network: string | null;
  /** Values of params by name, as text: `width` to `0.75`. */
  readonly set: ReadonlyMap<string, string>;
  /** Reads imports and label files; see `ReadFile`. */
  readonly read: ReadFile;
}

/** One network at the three stages that others read. */
export interface CompiledNetwork {
  readonly lowered: LoweredGraph;
  readonly training: ShapedGraph;
  readonly inference: ShapedGraph;
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
  const value = name === null ? null : compileNetwork(program, name, request.set, diagnostics);
  return { ...summary(program, diagnostics), value };
}

/** Finds what is wrong with every network of a file, or with the one that is named. */
export function check(entry: Source, request: CompileRequest): Report {
  const program = loadProgram(entry, request.read);
  const diagnostics = [...program.diagnostics];
  const chosen = request.network === null ? null : chooseNetwork(program, request.network, diagnostics);
  const names = request.network === null ? [...program.networks.keys()] : chosen === null ? [] : [chosen];
  for (const name of names) compileNetwork(program, name, request.set, diagnostics);
  diagnostics.push(...checkProgramBlocks(program));
  return summary(program, diagnostics);
}

function compileNetwork(
  program: Program,
  name: string,
  set: ReadonlyMap<string, string>,
  diagnostics: Diagnostic[],
): CompiledNetwork | null {
  const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
  const values = new Map([...set].map(([key, text]) => [key, parseParamValue(text)]));
  const lowering = lowerNetwork(program, name, values);
  diagnostics.push(...lowering.diagnostics);
  const lowered = lowering.value;
  if (lowered === null) return null;
  const training = trainingGraph(lowered, report);
  if (hasErrors(diagnostics)) return null;
  const inference = inferenceGraph(training, report);
  diagnostics.push(...checkAsserts(training).diagnostics);
  return { lowered, training, inference };
}

function chooseNetwork(program: Program, wanted: string | null, diagnostics: Diagnostic[]): string | null {
  const names = [...program.networks.keys()];
  if (wanted === null) {
    const [first] = names;
    if (first !== undefined) return first;
    if (!hasErrors(diagnostics)) {
      diagnostics.push(
        error(
          "network/none",
          program.entry.ast.span,
          `"${program.entry.source.name}" declares no network, only blocks.`,
          {
            hint: "Compile the file that imports it.",
          },
        ),
      );
    }
    return null;
  }
  if (program.networks.has(wanted)) return wanted;
  const near = didYouMean(wanted, names);
  diagnostics.push(
    error(
      "network/unknown",
      program.entry.ast.span,
      `"${program.entry.source.name}" declares no network "${wanted}".`,
      {
        hint:
          near !== null
            ? `Did you mean "${near}"?`
            : names.length === 0
              ? "It declares none."
              : `Its networks are ${names.join(", ")}.`,
      },
    ),
  );
  return null;
}

/** Orders findings by file and place, and says each once though several networks share the place. */
function summary(program: Program, diagnostics: readonly Diagnostic[]): Report {
  const files = [...program.sources.keys()];
  const seen = new Set<string>();
  const unique = diagnostics.filter((diagnostic) => {
    const { code, span, message } = diagnostic;
    const key = [code, span.file, span.start, span.end, message].join("\u0000");
    return !seen.has(key) && seen.add(key);
  });
  const ordered = unique
    .map((diagnostic, index) => ({ diagnostic, index }))
    .sort(
      (a, b) =>
        files.indexOf(a.diagnostic.span.file) - files.indexOf(b.diagnostic.span.file) ||
        a.diagnostic.span.start - b.diagnostic.span.start ||
        a.index - b.index,
    )
    .map(({ diagnostic }) => diagnostic);
  return { sources: program.sources, networks: [...program.networks.keys()], diagnostics: ordered };
}
