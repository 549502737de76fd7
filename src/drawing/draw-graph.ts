import { countNodes, type NodeCounts } from "../analysis/counts.ts";
import { groupLayers, type LayerGroup } from "../analysis/group-layers.ts";
import type { BlockInstance, NodeId, ShapedGraph } from "../ir/graph.ts";
import { opDefinitions } from "../ir/op.ts";
import type { Shape } from "../ir/shape.ts";
import type { BlockItem, Edge, Item, LayerItem, Level } from "./drawing.ts";
import { layerParts } from "./layer-parts.ts";

/** Index of a block instance, or null for the network itself. */
type LevelKey = number | null;

const ENTRY = 0;
/** Placeholder for the place of a level's output until the number of items is known. */
const EXIT = -1;

/** A level under construction. An item is added when its content is complete. */
interface OpenLevel {
  readonly items: (() => Item)[];
  readonly edges: Map<string, Edge>;
}

/** The origin of a value: the levels that enclose it, innermost first, with its place in each. */
interface Origin {
  readonly places: ReadonlyMap<LevelKey, number>;
  readonly shape: Shape;
}

/** Converts a training graph to levels of layers and blocks, with edges for the values between them. */
export function drawGraph(graph: ShapedGraph): Level {
  const counts = countNodes(graph);
  const levels = new Map<LevelKey, OpenLevel>([[null, { items: [], edges: new Map() }]]);
  const blockPlaces = new Map<number, number>();
  const origins = new Map<NodeId, Origin>();
  const outputs = outputNames(graph);

  const levelOf = (key: LevelKey): OpenLevel => {
    const level = levels.get(key);
    if (level === undefined) throw new Error(`internal: block ${String(key)} is not open`);
    return level;
  };

  /** Returns the block's place in the enclosing level. The block is created at its first layer. */
  const placeOfBlock = (index: number, block: BlockInstance): number => {
    const known = blockPlaces.get(index);
    if (known !== undefined) return known;
    if (block.parent !== null) placeOfBlock(block.parent, blockAt(graph, block.parent));
    levels.set(index, { items: [], edges: new Map() });
    const place = levelOf(block.parent).items.push(() => closeBlock(block, levelOf(index)));
    blockPlaces.set(index, place);
    return place;
  };

  const placesOf = (key: LevelKey, ownPlace: number): ReadonlyMap<LevelKey, number> => {
    const places = new Map<LevelKey, number>([[key, ownPlace]]);
    for (let inner = key; inner !== null;) {
      const block = blockAt(graph, inner);
      places.set(block.parent, placeOfBlock(inner, block));
      inner = block.parent;
    }
    return places;
  };

  const connect = (key: LevelKey, from: number, to: number, shape: Shape, residual = false): void => {
    const name = `${from} ${to} ${String(residual)} ${shape.join("x")}`;
    const { edges } = levelOf(key);
    if (!edges.has(name)) edges.set(name, { from, to, shape, residual });
  };

  /**
   * Adds edges for a value through the levels that enclose its origin and those that enclose its reader. The edge is a
   * residual only in the reader's own level.
   */
  const flow = (origin: Origin, reader: ReadonlyMap<LevelKey, number>, isResidual: boolean): void => {
    let residual = isResidual;
    for (const [key, to] of reader) {
      const from = origin.places.get(key);
      connect(key, from ?? ENTRY, to, origin.shape, residual);
      residual = false;
      if (from === undefined) continue;
      for (const [inner, place] of origin.places) {
        if (inner === key) return;
        connect(inner, place, EXIT, origin.shape);
      }
    }
  };

  const { name, shape } = graph.input;
  const input = graph.nodes.find(({ op }) => op === "input");
  const terminal = { path: name, name, shape, params: 0, macs: 0, outputs: [] };
  const inputPlace = levelOf(null).items.push(() => ({ kind: "input", ...terminal }));
  if (input !== undefined) origins.set(input.id, { places: new Map([[null, inputPlace]]), shape });

  for (const group of groupLayers(graph)) {
    const key = group.nodes[0].block;
    if (key !== null) placeOfBlock(key, blockAt(graph, key));
    const item = layerItem(group, counts, outputs);
    const places = placesOf(
      key,
      levelOf(key).items.push(() => item),
    );
    const residual = residualInput(graph, group);
    for (const id of group.inputs) {
      const origin = origins.get(id);
      if (origin !== undefined) flow(origin, places, id === residual);
    }
    for (const node of group.nodes) origins.set(node.id, { places, shape: node.shape });
  }

  const last = graph.outputs.at(-1);
  const result = last && origins.get(last.node);
  if (last !== undefined && result !== undefined) {
    const leaving = { ...terminal, path: last.name, name: last.name, shape: result.shape };
    const place = levelOf(null).items.push(() => ({ kind: "output", ...leaving }));
    flow(result, new Map([[null, place]]), false);
  }
  return closeLevel(levelOf(null));
}

function blockAt(graph: ShapedGraph, index: number): BlockInstance {
  const block = graph.blocks[index];
  if (block === undefined) throw new Error(`internal: no block ${index}`);
  return block;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Declared outputs by node, without the network's last value, which is drawn separately. */
function outputNames(graph: ShapedGraph): ReadonlyMap<NodeId, readonly string[]> {
  const names = new Map<NodeId, string[]>();
  for (const { name, node } of graph.outputs.slice(0, -1)) names.set(node, [...(names.get(node) ?? []), name]);
  return names;
}

/** Returns the value that a block's sum adds to another input, if this layer is that sum. */
function residualInput(graph: ShapedGraph, { nodes: [first], inputs }: LayerGroup): NodeId | null {
  if (first.block === null || inputs.length < 2) return null;
  const { path, decision, input } = blockAt(graph, first.block);
  return decision?.inserted === true && first.path === `${path}/add` ? input : null;
}

function layerItem(
  group: LayerGroup,
  counts: ReadonlyMap<NodeId, NodeCounts>,
  outputs: ReadonlyMap<NodeId, readonly string[]>,
): LayerItem {
  const { nodes, path, last } = group;
  const sum = (of: keyof NodeCounts): number => nodes.reduce((total, { id }) => total + (counts.get(id)?.[of] ?? 0), 0);
  return {
    kind: "layer",
    path,
    name: lastPart(path),
    op: nodes[0].op,
    work: opDefinitions[nodes[0].op].work,
    parts: layerParts(group),
    shape: last.shape,
    params: sum("trainable"),
    macs: sum("macs"),
    outputs: nodes.flatMap(({ id }) => outputs.get(id) ?? []),
  };
}

function closeBlock({ path, kind, decision }: BlockInstance, open: OpenLevel): BlockItem {
  const level = closeLevel(open);
  const leaving = level.edges.find(({ to }) => to === level.items.length + 1);
  return {
    kind: "block",
    path,
    name: lastPart(path),
    block: kind,
    residual: decision?.inserted ?? false,
    reason: decision?.reason ?? "",
    shape: leaving?.shape ?? level.items.at(-1)?.shape ?? [],
    params: level.items.reduce((sum, { params }) => sum + params, 0),
    macs: level.items.reduce((sum, { macs }) => sum + macs, 0),
    outputs: level.items.flatMap(({ outputs }) => outputs),
    level,
  };
}

function closeLevel({ items, edges }: OpenLevel): Level {
  return {
    items: items.map((make) => make()),
    edges: [...edges.values()].map((edge) => (edge.to === EXIT ? { ...edge, to: items.length + 1 } : edge)),
  };
}
