import { hasErrors, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.ts";
import type { LoweredGraph } from "../ir/graph.ts";
import type { Expression, NetworkDeclaration } from "../syntax/ast.ts";
import type { Span } from "../text/span.ts";
import { checkBlockNames, checkNames } from "../names/check-names.ts";
import type { Program } from "../program/program.ts";
import { fileScope } from "./file-scope.ts";
import { lowerStatements } from "./lower-statements.ts";
import { networkTarget, type NetworkTarget } from "./network-target.ts";
import { readOverrides } from "./param-overrides.ts";
import { readLabels } from "./read-labels.ts";
import { resolveDeferred } from "./resolve-deferred.ts";
import { createState, report, reportError, type LoweringState } from "./state.ts";
import type { Trace } from "./trace.ts";
import type { Flow, Scope, Value } from "./environment.ts";
import { evaluate } from "./values/evaluate.ts";
import { newScope, unknownFlow } from "./values/scope.ts";
import { UNKNOWN } from "./values/value.ts";

/** The graph, and the way back from it to the text. */
export interface LoweredNetwork {
  readonly graph: LoweredGraph;
  readonly trace: Trace;
}

export interface NetworkLowering extends Outcome<LoweredNetwork> {
  /**
   * The graph with errors in it, for showing what is known: what an error silences is not in it, or has no shape. Null
   * where nothing is known.
   */
  readonly partial: LoweredGraph | null;
  /** Every path with where its label, op or row stands. */
  readonly paths: ReadonlyMap<string, { readonly span: Span }>;
  readonly trace: Trace;
  /** The value of an expression at the end of the network's body; unknown, without a report, where it is in error. */
  readonly valueOf: (expression: Expression) => Value;
}

/** Expands one network or preset of a program into a graph. The value is null if anything is in error. */
export function lowerNetwork(program: Program, name: string, set: ReadonlyMap<string, Value>): NetworkLowering {
  const state = createState(set);
  const { diagnostics } = state;
  const target = networkTarget(program, name, state);
  if (target === null || target.network.broken || target.preset?.broken === true) {
    return unreadable(state);
  }
  const { problems, isBroken } = checkNames(program.entry, target.network);
  for (const problem of problems) report(state, problem);
  if (isBroken) return unreadable(state);
  const parent = fileScope(state, program.entry);
  const scope = newScope("network", { file: program.entry, parent });
  readOverrides(state, parent, target);
  const labels = readLabels(target.network, program.read, (diagnostic) => report(state, diagnostic));
  const graph = lowerGraph(state, scope, target, { name, labels });
  const isWhole = graph !== null && !hasErrors(diagnostics) && (!hasErrors(program.diagnostics) || !hasGaps(graph));
  const value = isWhole ? { graph, trace: state.trace } : null;
  const valueOf = (expression: Expression): Value =>
    evaluate({ ...state, diagnostics: [], reported: new Set() }, scope, expression);
  return { value, partial: graph, paths: state.paths, trace: state.trace, valueOf, diagnostics };
}

/**
 * Tells whether a node or an output reads a node that was left out. A value from a declaration with a syntax error is unknown, and what needs
 * it is left out without another error.
 */
function hasGaps({ nodes, outputs }: LoweredGraph): boolean {
  const present = new Set(nodes.map(({ id }) => id));
  return (
    !nodes.every(({ inputs }) => inputs.every((id) => present.has(id))) ||
    !outputs.every(({ node }) => present.has(node))
  );
}

function unreadable({ trace, diagnostics }: LoweringState): NetworkLowering {
  return { value: null, partial: null, paths: new Map(), trace, valueOf: () => UNKNOWN, diagnostics };
}

/** Finds faults of the names in a program's blocks, whether or not a network uses them. */
export function checkProgramBlocks({ entry }: Program): readonly Diagnostic[] {
  return checkBlockNames(entry);
}

/** Lowers a network's body to its graph. Returns null if the network has no input. */
function lowerGraph(
  state: LoweringState,
  scope: Scope,
  { network, preset }: NetworkTarget,
  { name, labels }: Pick<LoweredGraph, "name" | "labels">,
): LoweredGraph | null {
  if (!beginsWithInput(state, network)) return null;
  const last = lowerStatements(state, scope, network.body, unknownFlow());
  const { outputs, asserts } = resolveDeferred(state);
  const input = state.input?.declared ?? null;
  if (input === null) return null;
  if (state.nodes.length === 1 && !hasErrors(state.diagnostics)) {
    reportError(state, "network/no-layers", network.name.span, `Network "${network.name.text}" has no layers.`, {
      hint: "Write what happens to the input, such as conv 3x3 16 stride=2.",
    });
  }
  return {
    name,
    doc: (preset ?? network).doc,
    family: familyOf(network),
    labels,
    input,
    params: Object.fromEntries(state.params),
    nodes: state.nodes,
    blocks: state.blocks,
    outputs: [...outputs, { name: "output", path: pathOf(state, last), node: last.node, block: last.block }],
    asserts: [...state.asserts, ...asserts],
    span: (preset ?? network).name.span,
  };
}

/** Reports a network whose first layer has no input before it. */
function beginsWithInput(state: LoweringState, network: NetworkDeclaration): boolean {
  const first = network.body.find((item) => ["call-statement", "table", "branch", "input"].includes(item.kind));
  if (first?.kind === "input") return true;
  const declared = network.body.find((item) => item.kind === "input");
  reportError(
    state,
    "network/no-input",
    first?.span ?? network.name.span,
    `Network "${network.name.text}" has no input${first === undefined ? "" : " before its first layer"}.`,
    declared === undefined
      ? { hint: 'Declare it: "input image [224, 224, 3]".' }
      : { hint: "Move the input above it.", related: [{ message: "the input", span: declared.span }] },
  );
  return false;
}

/** Returns the path of the block or layer that gives a value. */
function pathOf(state: LoweringState, { node, block }: Flow): string {
  const layer = state.nodes.find(({ id }) => id === node)?.layer ?? "";
  return block === null ? layer : (state.blocks[block]?.path ?? layer);
}

function familyOf(network: NetworkDeclaration): string | null {
  const value: Expression | undefined = network.attributes.find(({ key }) => key.text === "family")?.value;
  if (value?.kind === "reference") return value.name;
  return value?.kind === "string" ? value.value : null;
}
