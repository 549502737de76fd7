import { countNodes, sumCounts, type NodeCounts } from "../analysis/counts.ts";
import { structureNetwork, type StructuredNetwork } from "../compile.ts";
import { indexNodes, usesOf, type NodeId, type ShapedGraph, type ShapedNode } from "../ir/graph.ts";
import { hasErrors, type TextEdit } from "../diagnostics/diagnostic.ts";
import { loadProgram } from "../program/load-program.ts";
import type { Program } from "../program/program.ts";
import type { Trace } from "../lower/trace.ts";
import type { LimitProfile } from "../targets/webgpu/plan-choices.ts";
import type { NetworkDeclaration, PresetDeclaration } from "../syntax/ast.ts";
import { once } from "../text/once.ts";
import { budgetOf, type Budget } from "./budget.ts";
import { findBottlenecks, type Bottleneck } from "./find-bottlenecks.ts";
import { editSources } from "../diagnostics/apply-edits.ts";
import { figuresOf, type Figures } from "./figures.ts";
import { linearSteps, type LinearStep } from "./linear-steps.ts";
import { totalStrides } from "./total-strides.ts";
import type { DeviceTarget } from "./device-targets.ts";
import type { LintSettings } from "./lint-settings.ts";

/** Values of params, by name. */
export type ParamValues = Readonly<Record<string, number | boolean | string>>;

/** What a rule over a network reads: the training graph, the trace back to the text, and figures that are computed when first read. */
export interface NetworkContext {
  readonly program: Program;
  readonly declaration: NetworkDeclaration;
  readonly preset: PresetDeclaration | null;
  readonly graph: ShapedGraph;
  readonly trace: Trace;
  readonly index: ReadonlyMap<NodeId, ShapedNode>;
  readonly uses: ReadonlyMap<NodeId, readonly ShapedNode[]>;
  readonly counts: ReadonlyMap<NodeId, NodeCounts>;
  /** Convs, depthwise convs and dense layers in order, each with the norm and activation after it. */
  readonly steps: readonly LinearStep[];
  /** The same steps, by the id of the conv or dense layer. */
  readonly stepAt: ReadonlyMap<NodeId, LinearStep>;
  readonly bottlenecks: readonly Bottleneck[];
  /** The most that the network may cost. */
  readonly budget: Budget;
  /** The kinds of WebGPU device that it has to run on. */
  readonly limits: readonly LimitProfile[];
  /** Compiles the same network with other values of some params; null if it does not compile. */
  readonly variant: (values: ParamValues) => StructuredNetwork | null;
  /** Compiles the same network after edits to its text; null if it does not compile. */
  readonly after: (edits: readonly TextEdit[]) => StructuredNetwork | null;
  readonly figures: Figures;
  readonly macs: number;
  /** Distance between neighbours of each value, in pixels of the input, down and across. */
  readonly strides: ReadonlyMap<NodeId, readonly [number, number]>;
  /** The devices that it has to run on besides browsers. */
  readonly targets: readonly DeviceTarget[];
  /** Number of channels that the hardware works on at once. The default is 4: WebGPU kernels read four, and phones work on four or more. */
  readonly lane: number;
}

/** The network to judge, and the settings to judge it by. */
export interface NetworkRequest {
  readonly program: Program;
  readonly name: string;
  /** Values of params as `--set` gives them, by name. */
  readonly set: ReadonlyMap<string, string>;
  readonly settings: LintSettings;
}

/** Returns the context of a compiled network; null if the program does not declare the network. */
export function createNetworkContext(
  { program, name, set, settings }: NetworkRequest,
  { training: graph, trace }: StructuredNetwork,
): NetworkContext | null {
  const declared = program.networks.get(name);
  const declaration = declared?.kind === "preset" ? program.networks.get(declared.base.text) : declared;
  if (declaration?.kind !== "network") return null;
  const index = once(() => indexNodes(graph));
  const uses = once(() => usesOf(graph));
  const counts = once(() => countNodes(graph));
  const steps = once(() => linearSteps(graph, uses()));
  const stepAt = once(() => new Map(steps().map((step) => [step.node.id, step])));
  const bottlenecks = once(() => findBottlenecks(graph, trace, index(), steps(), stepAt()));
  const figures = once(() => figuresOf(graph, counts()));
  const macs = once(() => sumCounts(counts()).macs);
  const strides = once(() => totalStrides(graph));
  const variants = new Map<string, StructuredNetwork | null>();
  return {
    program,
    declaration,
    preset: declared?.kind === "preset" ? declared : null,
    graph,
    trace,
    budget: budgetOf(settings.budgets ?? {}, name),
    limits: settings.limits ?? [],
    get index() {
      return index();
    },
    get uses() {
      return uses();
    },
    get counts() {
      return counts();
    },
    get steps() {
      return steps();
    },
    get stepAt() {
      return stepAt();
    },
    get bottlenecks() {
      return bottlenecks();
    },
    get macs() {
      return macs();
    },
    get strides() {
      return strides();
    },
    get figures() {
      return figures();
    },
    targets: settings.targets ?? [],
    lane: settings.lane ?? 4,
    after(edits) {
      const edited = editedProgram(program, edits);
      return hasErrors(edited.diagnostics) ? null : structureNetwork(edited, name, set).value;
    },
    variant(values) {
      const all = new Map(Object.entries({ ...graph.params, ...values }).map(([key, value]) => [key, String(value)]));
      const key = JSON.stringify([...all]);
      const known = variants.get(key);
      if (known !== undefined) return known;
      const made = structureNetwork(program, name, all).value;
      variants.set(key, made);
      return made;
    },
  };
}

function editedProgram(program: Program, edits: readonly TextEdit[]): Program {
  const sources = editSources(program.sources, edits);
  const { source } = program.entry;
  return loadProgram(
    sources.get(source.name) ?? source,
    (path) => sources.get(path)?.text ?? program.sources.get(path)?.text ?? program.read(path),
  );
}
