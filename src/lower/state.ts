import { error, type Diagnostic, type DiagnosticDetails } from "../diagnostics/diagnostic.ts";
import type { BlockInstance, Graph, GraphAssert, Node, NodeId } from "../ir/graph.ts";
import type { Shape } from "../ir/shape.ts";
import type { AssertDeclaration, ComparisonOperator, LetDeclaration, OutputDeclaration } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import type { Flow, Value } from "./environment.ts";
import type { Stride } from "./stride.ts";
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

/** A value that replaces a param's default, with its place. */
export interface ParamOverride {
  readonly value: Value;
  /** The preset's argument, or null for `--set`. */
  readonly span: Span | null;
}

/** What lowering one network builds up. */
export interface LoweringState {
  /** The values of `--set`, by param. */
  readonly set: ReadonlyMap<string, Value>;
  /** The values that replace the defaults of params, from a preset or from `--set`, by param. */
  readonly overrides: Map<string, ParamOverride>;
  readonly nodes: Node[];
  readonly shapes: (Shape | null)[];
  readonly blocks: BlockInstance[];
  readonly asserts: GraphAssert[];
  readonly deferred: Deferred[];
  /** Every path, with the place that made it and the value that it names. */
  readonly paths: Map<string, { readonly span: Span; flow: Flow | null }>;
  /** Every block instance by its path, with the stride of the value that enters it. */
  readonly entered: Map<string, { readonly index: number; readonly stride: Stride }>;
  readonly params: Map<string, number | boolean | string>;
  readonly trace: TraceRecord;
  readonly diagnostics: Diagnostic[];
  readonly reported: Set<string>;
  /** The `let f(x) = …` whose bodies are being evaluated, outermost first. */
  readonly openCalls: Set<LetDeclaration>;
  /** The network's input, once it is declared. `declared` is null if its values are in error. */
  input: { readonly span: Span; readonly declared: Graph["input"] | null } | null;
  pieces: number;
  /** True once a limit is passed. Nothing is expanded after that. */
  stopped: boolean;
}

/** Makes the state in which the lowering of a network begins. */
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
    entered: new Map(),
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
 * Reports a finding once. A block that is used seventeen times reports each place once. A name that stands for nothing is found
 * twice, by `check-names` and by evaluating it, in different words; only the first finding stays.
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
