import { error, type Diagnostic, type DiagnosticDetails } from "../diagnostics/diagnostic.ts";
import type { BlockInstance, Graph, GraphAssert, Node, NodeId } from "../ir/graph.ts";
import type { Shape } from "../ir/shape.ts";
import type { AssertDeclaration, ComparisonOperator, LetDeclaration, OutputDeclaration } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import type { Flow, Value } from "./environment.ts";
import type { TraceRecord } from "./trace.ts";

/** A declaration that names a path, kept until every path is known. */
export type Deferred =
  | { readonly kind: "output"; readonly declaration: OutputDeclaration }
  | {
      readonly kind: "shape-assert";
      readonly declaration: AssertDeclaration;
      readonly operator: ComparisonOperator;
      readonly bound: Shape;
    };

/** A value that replaces a param's default, with where it was written. */
export interface ParamOverride {
  readonly value: Value;
  /** The preset's argument, or null for `--set`. */
  readonly span: Span | null;
}

/** What lowering one network builds up. */
export interface LoweringState {
  /** The values of `--set`, by param. */
  readonly set: ReadonlyMap<string, Value>;
  /** What a preset and `--set` give instead of a param's default, by param. */
  readonly overrides: Map<string, ParamOverride>;
  readonly nodes: Node[];
  readonly shapes: (Shape | null)[];
  readonly blocks: BlockInstance[];
  readonly asserts: GraphAssert[];
  readonly deferred: Deferred[];
  /** Every path with where it was made, and the value it names. */
  readonly paths: Map<string, { readonly span: Span; flow: Flow | null }>;
  readonly params: Map<string, number | boolean | string>;
  readonly trace: TraceRecord;
  readonly diagnostics: Diagnostic[];
  readonly reported: Set<string>;
  /** The `let f(x) = …` whose bodies are being evaluated, outermost first. */
  readonly openCalls: Set<LetDeclaration>;
  /** The network's input, once it is declared; without its values where they are in error. */
  input: { readonly span: Span; readonly declared: Graph["input"] | null } | null;
  pieces: number;
  /** Set when a limit was passed: expanding stops there. */
  stopped: boolean;
}

export function createState(set: ReadonlyMap<string, Value>): LoweringState {
  return {
    set,
    overrides: new Map(),
    nodes: [],
    shapes: [],
    blocks: [],
    asserts: [],
    deferred: [],
    paths: new Map(),
    params: new Map(),
    trace: { layers: new Map(), blocks: [], branches: new Map(), starts: new Map() },
    diagnostics: [],
    reported: new Set(),
    openCalls: new Set(),
    input: null,
    pieces: 0,
    stopped: false,
  };
}

const namesFoundTwice: ReadonlySet<string> = new Set(["name/unknown-value", "name/unknown-function"]);

/**
 * Reports a finding unless it was reported before: a block used seventeen times has one report a place. `check-names`
 * finds a name that stands for nothing, and evaluating finds it again, in other words.
 */
export function report(state: LoweringState, diagnostic: Diagnostic): void {
  const { code, span } = diagnostic;
  const message = namesFoundTwice.has(code) ? "" : diagnostic.message;
  const key = `${code}\u0000${span.file}\u0000${span.start}\u0000${message}`;
  if (state.reported.has(key)) return;
  state.reported.add(key);
  state.diagnostics.push(diagnostic);
}

export function reportError(
  state: LoweringState,
  code: string,
  span: Span,
  message: string,
  details: DiagnosticDetails = {},
): void {
  report(state, error(code, span, message, details));
}

export function shapeOf(state: LoweringState, id: NodeId): Shape | null {
  return state.shapes[id] ?? null;
}
