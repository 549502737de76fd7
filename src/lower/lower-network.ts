import { rewriteFix } from "../diagnostics/rewrite-fix.ts";
import { hasErrors, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.ts";
import type { Graph, LoweredGraph } from "../ir/graph.ts";
import type { AssertDeclaration, Expression, NetworkDeclaration, PresetDeclaration } from "../syntax/ast.ts";
import { didYouMean } from "../syntax/did-you-mean.ts";
import type { Span } from "../text/span.ts";
import { checkBlocks, checkNames } from "./check-names.ts";
import { declareInput } from "./declare-input.ts";
import { declareParam, type ParamOverride } from "./declare-param.ts";
import { innerDefaults } from "./values/defaults.ts";
import { asNumber } from "./values/as-kind.ts";
import { evaluate } from "./values/evaluate.ts";
import { fileScope } from "./file-scope.ts";
import { lowerStatements } from "./lower-statements.ts";
import type { Program } from "../program/program.ts";
import { extents } from "./read-attribute.ts";
import { readLabels } from "./read-labels.ts";
import { resolveDeferred } from "./resolve-deferred.ts";
import { unknownFlow, type Flow, type NetworkItem, type Scope } from "./values/scope.ts";
import { createState, report, reportError, type LoweringState } from "./state.ts";
import type { Trace } from "./trace.ts";
import { UNKNOWN, type Value } from "./values/value.ts";

interface Target {
  readonly network: NetworkDeclaration;
  readonly preset: PresetDeclaration | null;
}

/** The graph, and the way back from it to the text. */
export interface LoweredNetwork {
  readonly graph: LoweredGraph;
  readonly trace: Trace;
}

export interface NetworkLowering extends Outcome<LoweredNetwork> {
  /**
   * The graph however much is in error, for showing what is known: what an error silences is not in it, or has no shape.
   * Null where it cannot be told at all.
   */
  readonly partial: LoweredGraph | null;
  /** Every path with where its label, op or row stands. */
  readonly paths: ReadonlyMap<string, { readonly span: Span }>;
  readonly trace: Trace;
  /** What an expression comes to where the network's body ends; unknown where it is in error, which is reported nowhere. */
  readonly valueOf: (expression: Expression) => Value;
}

/** Expands one network or preset of a program into a graph; its value is null where anything is in error. */
export function lowerNetwork(program: Program, name: string, set: ReadonlyMap<string, Value>): NetworkLowering {
  const state = createState(set, lowerStatements);
  const { diagnostics } = state;
  const target = targetOf(program, name, state);
  if (target === null || target.network.broken || target.preset?.broken === true) {
    return unreadable(state);
  }
  if (checkNames(state, program.entry, target.network) === "broken") {
    return unreadable(state);
  }
  const { graph, scope } = lowerBody(program, state, target, name);
  const value = graph === null || hasErrors(diagnostics) ? null : { graph, trace: state.trace };
  const valueOf = (expression: Expression): Value =>
    evaluate({ ...state, diagnostics: [], reported: new Set() }, scope, expression);
  return { value, partial: graph, paths: state.paths, trace: state.trace, valueOf, diagnostics };
}

function unreadable({ trace, diagnostics }: LoweringState): NetworkLowering {
  return { value: null, partial: null, paths: new Map(), trace, valueOf: () => UNKNOWN, diagnostics };
}

/** What is wrong with the names in a program's blocks, whether or not a network uses them. */
export function checkProgramBlocks({ entry }: Program): readonly Diagnostic[] {
  const state = createState(new Map(), lowerStatements);
  checkBlocks(state, entry);
  return state.diagnostics;
}

function targetOf(program: Program, name: string, state: LoweringState): Target | null {
  const declared = program.networks.get(name);
  if (declared === undefined) return null;
  if (declared.kind === "network") return { network: declared, preset: null };
  const base = program.networks.get(declared.base.text);
  if (base?.kind === "network") return { network: base, preset: declared };
  if (declared.base.text === "") return null;
  const bases = [...program.networks.values()].filter((item) => item.kind === "network").map((item) => item.name.text);
  const near = didYouMean(declared.base.text, bases);
  reportError(
    state,
    "network/preset-base",
    declared.base.span,
    base === undefined ? `There is no network "${declared.base.text}".` : `"${declared.base.text}" is a preset itself.`,
    {
      hint:
        base !== undefined
          ? `Start from its base, "${base.base.text}".`
          : near === null
            ? "Name a network of this file."
            : `Did you mean "${near}"?`,
      ...rewriteFix(declared.base.span, base === undefined ? near : null),
    },
  );
  return null;
}

function lowerBody(
  program: Program,
  state: LoweringState,
  { network, preset }: Target,
  name: string,
): { readonly graph: LoweredGraph | null; readonly scope: Scope } {
  const overrides = paramOverrides(state, fileScope(state, program.entry), network, preset);
  const labels = readLabels(network, program.read, (diagnostic) => report(state, diagnostic));
  const seen: { input: Graph["input"] | null; span: Span | null } = { input: null, span: null };

  const declareNetworkItem = (item: NetworkItem, flow: Flow): Flow => {
    switch (item.kind) {
      case "param":
        declareParam(state, scope, item, overrides.get(item.name.text) ?? null);
        return flow;
      case "output":
        state.deferred.push({ kind: "output", declaration: item });
        return flow;
      case "assert":
        declareAssert(state, scope, item);
        return flow;
      case "input": {
        if (seen.span !== null) {
          reportError(
            state,
            "network/second-input",
            item.span,
            `A network has one input, and "${item.name.text}" is a second.`,
            {
              hint: "Delete one of them.",
              related: [{ message: "the first one", span: seen.span }],
            },
          );
          return flow;
        }
        const declared = declareInput(state, scope, item);
        seen.span = item.span;
        seen.input = declared?.input ?? null;
        return declared?.flow ?? unknownFlow();
      }
    }
  };
  const scope: Scope = {
    kind: "network",
    file: program.entry,
    parent: fileScope(state, program.entry),
    values: new Map(),
    functions: new Map(),
    path: "",
    labels: new Map(),
    counters: new Map(),
    defaults: innerDefaults(null),
    input: null,
    block: null,
    useSite: null,
    blockName: null,
    declareNetworkItem,
  };
  const first = network.body.find((item) => ["call-statement", "table", "branch", "input"].includes(item.kind));
  if (first?.kind !== "input") {
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
    return { graph: null, scope };
  }
  const last = lowerStatements(state, scope, network.body, unknownFlow());
  const { outputs, asserts } = resolveDeferred(state);
  const path = state.nodes.find((node) => node.id === last.node)?.layer ?? "";
  const input = seen.input;
  if (input === null) return { graph: null, scope };
  if (state.nodes.length === 1 && !hasErrors(state.diagnostics)) {
    reportError(state, "network/no-layers", network.name.span, `Network "${network.name.text}" has no layers.`, {
      hint: "Write what happens to the input, such as conv 3x3 16 stride=2.",
    });
  }
  const graph: LoweredGraph = {
    name,
    doc: (preset ?? network).doc,
    family: familyOf(network),
    labels,
    input,
    params: Object.fromEntries(state.params),
    nodes: state.nodes,
    blocks: state.blocks,
    outputs: [
      ...outputs,
      {
        name: "output",
        path: last.block === null ? path : (state.blocks[last.block]?.path ?? path),
        node: last.node,
        block: last.block,
      },
    ],
    asserts: [...state.asserts, ...asserts],
    span: (preset ?? network).name.span,
  };
  return { graph, scope };
}

/** Values that stand in for params' defaults: a preset's, and over them those of `--set`. */
function paramOverrides(
  state: LoweringState,
  scope: Scope,
  network: NetworkDeclaration,
  preset: PresetDeclaration | null,
): ReadonlyMap<string, ParamOverride> {
  const params = network.body.filter((item) => item.kind === "param").map((item) => item.name.text);
  const overrides = new Map<string, ParamOverride>();
  const unknown = (name: string, span: Span, how: string) => {
    const near = didYouMean(name, params);
    reportError(
      state,
      "param/unknown",
      span,
      `${how} names "${name}", and network "${network.name.text}" has no such param.`,
      {
        hint:
          near !== null
            ? `Did you mean "${near}"?`
            : params.length === 0
              ? "Leave it out; the network has none."
              : `Use one of ${params.join(", ")}.`,
        ...rewriteFix(span, preset === null ? null : near),
      },
    );
  };
  for (const { name, value } of preset?.args ?? []) {
    // One without a name is a syntax error, and its preset is not lowered.
    if (name === null) continue;
    if (!params.includes(name.text)) {
      unknown(name.text, name.span, `Preset "${preset?.name.text ?? ""}"`);
    } else {
      overrides.set(name.text, { value: evaluate(state, scope, value), span: value.span });
    }
  }
  for (const [name, value] of state.set) {
    if (params.includes(name)) overrides.set(name, { value, span: null });
    else unknown(name, network.name.span, "--set");
  }
  return overrides;
}

function declareAssert(state: LoweringState, scope: Scope, declaration: AssertDeclaration): void {
  const { subject, operator, bound, why, span } = declaration;
  const argument = { value: evaluate(state, scope, bound), expression: bound, scope };
  if (subject.kind === "shape") {
    const shape = extents([1, 3])(state, "assert shape", argument);
    if (shape !== null) state.deferred.push({ kind: "shape-assert", declaration, operator, bound: shape });
    return;
  }
  const number = asNumber(state, scope, bound, argument.value);
  if (number !== null) state.asserts.push({ subject: subject.metric, operator, bound: number, why, span });
}

function familyOf(network: NetworkDeclaration): string | null {
  const value: Expression | undefined = network.attributes.find(({ key }) => key.text === "family")?.value;
  if (value?.kind === "reference") return value.name;
  return value?.kind === "string" ? value.value : null;
}
