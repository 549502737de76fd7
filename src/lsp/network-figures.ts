import { countNodes, sumCounts, type NodeCounts } from "../analysis/counts.ts";
import { activationBytes } from "../analysis/memory.ts";
import { receptiveFields, type Extent2d } from "../analysis/receptive-field.ts";
import type { Inspection } from "../inspect.ts";
import type { BlockInstance, NodeId, ShapedGraph, ShapedNode } from "../ir/graph.ts";
import { sameShape, type Shape } from "../ir/shape.ts";
import type { Trace } from "../lower/trace.ts";
import type { Span } from "../text/span.ts";
import { once } from "../text/once.ts";
import { placeKey } from "../text/place-key.ts";

/** What a statement or a row comes to: in its network, or in all uses of the block it stands in. */
export interface PlaceFigures {
  /** The first network that has the place, or the chosen one. */
  readonly network: string;
  readonly nodes: readonly [ShapedNode, ...ShapedNode[]];
  /** The paths that it was lowered to, one for each use or repeat, in order. */
  readonly paths: readonly string[];
  /** The shape of its value; null if its uses in a block differ. */
  readonly output: Shape | null;
  /** The block instances that it makes itself, not those inside them. */
  readonly instances: readonly BlockInstance[];
  /** Trainable weights, and multiply-adds of one image, summed over all uses. */
  readonly params: number;
  readonly macs: number;
  readonly activationBytes: number;
  /** Rows and columns of the input that one element of the last use's value depends on. */
  readonly receptiveField: Extent2d;
}

export interface NetworkTotals {
  readonly params: number;
  readonly macs: number;
  readonly residuals: number;
}

export interface NetworkFigures {
  /** Figures by the place of the statement or row. */
  readonly byPlace: ReadonlyMap<string, PlaceFigures>;
  /** Totals of each network and preset that compiles. */
  readonly totals: ReadonlyMap<string, NetworkTotals>;
}

/** Returns the figures of every place in a file that makes layers. Networks are read as far as possible, the chosen one first. */
export function networkFigures({ program, views }: Inspection, chosen: string | null = null): NetworkFigures {
  const byPlace = new Map<string, PlaceFigures>();
  const totals = new Map<string, NetworkTotals>();
  const { ast, source } = program.entry;
  const blocks = ast.items.filter((item) => item.kind === "block").map(({ span }) => span);
  const isReused = (start: number): boolean => blocks.some((span) => span.start <= start && start < span.end);
  for (const [name, { training, structured, trace }] of chosenFirst(views, chosen)) {
    if (training === null) continue;
    const counts = once(() => countNodes(training));
    if (structured !== null) totals.set(name, totalsOf(training, counts()));
    // A preset stands in the same places as its network.
    if (program.networks.get(name)?.kind !== "network" && name !== chosen) continue;
    const fields = receptiveFields(training);
    const unknown = unknownPlaces(training, trace);
    for (const [key, owner] of ownersOf(source.name, training, trace)) {
      if (byPlace.has(key) || unknown.has(key)) continue;
      byPlace.set(key, figuresOf(owner, { name, counts: counts(), fields, isReused: isReused(owner.start) }));
    }
  }
  return { byPlace, totals };
}

function chosenFirst(views: Inspection["views"], chosen: string | null): Inspection["views"] {
  const view = chosen === null ? undefined : views.get(chosen);
  return chosen === null || view === undefined ? views : new Map([[chosen, view], ...views]);
}

function totalsOf(training: ShapedGraph, counts: ReadonlyMap<NodeId, NodeCounts>): NetworkTotals {
  const { trainable, macs } = sumCounts(counts);
  return { params: trainable, macs, residuals: training.blocks.filter(({ decision }) => decision?.inserted).length };
}

interface Owner {
  readonly start: number;
  readonly nodes: [ShapedNode, ...ShapedNode[]];
  /** The last node of each use or repeat, by its path. */
  readonly lasts: Map<string, ShapedNode>;
  readonly instances: Set<BlockInstance>;
}

/** Returns every statement and row of a file with the nodes that were made from it, also those of the blocks that it uses. */
function ownersOf(file: string, graph: ShapedGraph, trace: Trace): ReadonlyMap<string, Owner> {
  const owners = new Map<string, Owner>();
  const own = (span: Span, path: string, node: ShapedNode, instance: BlockInstance | null): void => {
    if (span.file !== file) return;
    const key = placeKey(span);
    const owner = owners.get(key) ?? { start: span.start, nodes: [node], lasts: new Map(), instances: new Set() };
    owners.set(key, owner);
    if (owner.nodes.at(-1) !== node) owner.nodes.push(node);
    owner.lasts.set(path, node);
    if (instance !== null) owner.instances.add(instance);
  };
  for (const node of graph.nodes) {
    const layer = trace.layers.get(node.layer)?.statement;
    if (layer !== undefined) own(layer.span, node.layer, node, null);
    else if (node.op === "input") own(node.span, node.path, node, null);
    for (let index = node.block; index !== null;) {
      const instance = graph.blocks[index];
      const use = trace.blocks[index];
      if (instance === undefined) break;
      if (use?.row != null) own(use.row.span, instance.path, node, instance);
      if (use !== undefined) own(use.statement.span, instance.path, node, instance);
      index = instance.parent;
    }
    if (trace.branches.size === 0) continue;
    for (let end = node.path.length; end > 0; end = node.path.lastIndexOf("/", end - 1)) {
      const path = node.path.slice(0, end);
      const branch = trace.branches.get(path);
      if (branch !== undefined) own(branch.span, path, node, null);
    }
  }
  return owners;
}

/** Returns the statements and rows that an error cuts short. Sums and shapes of the remaining part would mislead. */
function unknownPlaces(graph: ShapedGraph, trace: Trace): ReadonlySet<string> {
  const known = new Set(graph.nodes.map(({ id }) => id));
  const unknown = new Set<string>();
  for (const [index, { output }] of graph.blocks.entries()) {
    const use = trace.blocks[index];
    if (known.has(output) || use === undefined) continue;
    unknown.add(placeKey(use.statement.span));
    if (use.row !== null) unknown.add(placeKey(use.row.span));
  }
  if (trace.branches.size === 0) return unknown;
  const paths = new Set(graph.nodes.map(({ path }) => path));
  for (const [path, { span }] of trace.branches) if (!paths.has(path)) unknown.add(placeKey(span));
  return unknown;
}

interface Surroundings {
  readonly name: string;
  readonly counts: ReadonlyMap<NodeId, NodeCounts>;
  readonly fields: ReadonlyMap<NodeId, Extent2d>;
  readonly isReused: boolean;
}

function figuresOf({ nodes, lasts, instances }: Owner, { name, counts, fields, isReused }: Surroundings): PlaceFigures {
  let params = 0;
  let macs = 0;
  let bytes = 0;
  for (const node of nodes) {
    const own = counts.get(node.id);
    params += own?.trainable ?? 0;
    macs += own?.macs ?? 0;
  }
  for (const last of lasts.values()) bytes += activationBytes(last);
  const values = [...lasts.values()];
  const last = values.at(-1) ?? nodes[0];
  const agree = !isReused || values.every(({ shape }) => sameShape(shape, last.shape));
  return {
    network: name,
    nodes,
    paths: [...lasts.keys()],
    output: agree ? last.shape : null,
    instances: [...instances],
    params,
    macs,
    activationBytes: bytes,
    receptiveField: fields.get(last.id) ?? [1, 1],
  };
}
