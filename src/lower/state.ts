import { error, type Diagnostic, type DiagnosticDetails } from "../diagnostics/diagnostic.ts";
import type { BlockInstance, GraphAssert, Node, NodeId } from "../ir/graph.ts";
import type { Shape } from "../ir/shape.ts";
import type {
  AssertDeclaration,
  ComparisonOperator,
  LetDeclaration,
  OutputDeclaration,
  Statement,
} from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import type { Flow, Scope } from "./values/scope.ts";
import type { TraceRecord } from "./trace.ts";
import type { Value } from "./values/value.ts";

/** A declaration that names a path, kept until every path is known. */
export type Deferred =
  | { readonly kind: "output"; readonly declaration: OutputDeclaration }
  | {
      readonly kind: "shape-assert";
      readonly declaration: AssertDeclaration;
      readonly operator: ComparisonOperator;
      readonly bound: Shape;
    };

/** Lowers a body from a value onwards; the result is the body's last value. */
export type LowerBody = (state: LoweringState, scope: Scope, statements: readonly Statement[], flow: Flow) => Flow;

/** What lowering one network builds up. */
export interface LoweringState {
  readonly set: ReadonlyMap<string, Value>;
  /** How blocks, rows and paths lower their bodies: statements hold blocks, and blocks hold statements. */
  readonly lowerBody: LowerBody;
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
  pieces: number;
  /** Set when a limit was passed: expanding stops there. */
  stopped: boolean;
}

export function createState(set: ReadonlyMap<string, Value>, lowerBody: LowerBody): LoweringState {
  return {
    set,
    lowerBody,
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
    pieces: 0,
    stopped: false,
  };
}

const namesFoundTwice: ReadonlySet<string> = new Set(["name/unknown-value", "name/unknown-function"]);

/**
 * Reports once: a block used seventeen times says what is wrong with it one time a place. A name that stands for nothing
 * is found by `check-names` and again where it is evaluated, in other words.
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
