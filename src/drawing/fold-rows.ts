import type { BlockItem, Edge, FoldItem, Item, Level } from "./drawing.ts";

/** Replaces the repeats of each table row by one item, at every level. Returns the same level if no row repeats. */
export function foldRows(level: Level): Level {
  const inner = level.items.map((item) => (item.kind === "block" ? { ...item, level: foldRows(item.level) } : item));
  const items: Item[] = [];
  /** The new place of every old place. Place 0, the input, is unchanged. */
  const places = [0];
  for (const run of runs(inner)) {
    const [first] = run;
    items.push(run.length > 1 && isBlockRun(run) ? fold(run) : first);
    for (let i = 0; i < run.length; i++) places.push(items.length);
  }
  places.push(items.length + 1);
  return { items, edges: foldEdges(level.edges, places) };
}

function runs(items: readonly Item[]): readonly (readonly [Item, ...Item[]])[] {
  const found: [Item, ...Item[]][] = [];
  for (const item of items) {
    const run = found.at(-1);
    if (run !== undefined && continues(run, item)) run.push(item);
    else found.push([item]);
  }
  return found;
}

/** Parses the row and the repeat from a name such as `bottleneck2_1`. */
const repeatName = /^(.+)_([1-9]\d*)$/;

function continues(run: readonly [Item, ...Item[]], item: Item): boolean {
  const [first] = run;
  if (first.kind !== "block" || item.kind !== "block" || first.block !== item.block) return false;
  const start = repeatName.exec(first.name);
  const next = repeatName.exec(item.name);
  return start?.[1] === next?.[1] && start?.[2] === "1" && next?.[2] === String(run.length + 1);
}

function isBlockRun(run: readonly [Item, ...Item[]]): run is readonly [BlockItem, ...BlockItem[]] {
  return run.every(({ kind }) => kind === "block");
}

function fold(instances: readonly [BlockItem, ...BlockItem[]]): FoldItem {
  const [first] = instances;
  const last = instances.at(-1) ?? first;
  const withoutRepeat = (text: string): string => text.slice(0, text.lastIndexOf("_"));
  return {
    kind: "fold",
    path: withoutRepeat(first.path),
    name: withoutRepeat(first.name),
    block: first.block,
    shape: last.shape,
    params: instances.reduce((sum, { params }) => sum + params, 0),
    macs: instances.reduce((sum, { macs }) => sum + macs, 0),
    outputs: instances.flatMap(({ outputs }) => outputs),
    instances,
  };
}

function foldEdges(edges: readonly Edge[], places: readonly number[]): readonly Edge[] {
  const folded = new Map<string, Edge>();
  for (const edge of edges) {
    const from = places[edge.from] ?? 0;
    const to = places[edge.to] ?? 0;
    if (from !== to)
      folded.set(`${from} ${to} ${String(edge.residual)} ${edge.shape.join("x")}`, { ...edge, from, to });
  }
  return [...folded.values()];
}
