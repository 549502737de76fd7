import type { Checkpoint, CheckpointLayer } from "./checkpoint.ts";
import type { ExpectedLayer } from "./expected-layers.ts";
import { checkpointKey, expectedKey } from "./layer-key.ts";
import { noLayer } from "./name-map.ts";
import { ancestorsOf, offMainPath, sameStructure } from "./layer-paths.ts";

/** The reason why a checkpoint's layer was chosen. */
export type MatchReason = "map" | "name" | "structure" | "shape" | "order";

export interface Match {
  /** Index of the checkpoint's layer, or {@link noLayer}. */
  readonly layer: number;
  readonly reason: MatchReason;
}

/** Layers of one shape that could not be distinguished, or whose numbers differ on the two sides. */
export interface Mismatch {
  readonly key: string;
  readonly expected: readonly number[];
  readonly found: readonly number[];
}

export interface Matching {
  /** By index of the expected layer. */
  readonly matches: ReadonlyMap<number, Match>;
  readonly mismatches: readonly Mismatch[];
  /** Layers of the checkpoint whose shape no layer of the network has. */
  readonly unused: readonly number[];
}

/**
 * Finds the checkpoint's layer for each layer of the network. Layers are matched by name if all names agree, by
 * structure if the checkpoint contains the connections, and otherwise by shape. Several layers of one shape are
 * matched in order if both sides have an order: in the network each must feed the next, and in the checkpoint the
 * names must give the execution order. `fixed` are the pairs that the user gave.
 */
export function matchLayers(
  expected: readonly ExpectedLayer[],
  checkpoint: Checkpoint,
  fixed: ReadonlyMap<number, number>,
): Matching {
  const { layers, layout } = checkpoint;
  const matches = new Map<number, Match>([...fixed].map(([index, layer]) => [index, { layer, reason: "map" }]));
  const keys = expected.map((layer) => expectedKey(layer, layout));
  const keysFound = layers.map((layer) => checkpointKey(layer, layout));
  for (const [index, layer] of sameNames(expected, layers, keys, keysFound) ?? []) {
    if (!matches.has(index)) matches.set(index, { layer, reason: "name" });
  }
  if (checkpoint.sources !== null && matches.size < expected.length) {
    const labels = withPairs(keys, keysFound, fixed);
    for (const [index, layer] of sameStructure(
      { keys: labels.expected, sources: expected.map(({ sources }) => sources) },
      { keys: labels.found, sources: checkpoint.sources },
    )) {
      if (!matches.has(index)) matches.set(index, { layer, reason: "structure" });
    }
  }
  const taken = new Set([...matches.values()].map(({ layer }) => layer));
  const open = classesOf(keys, (index) => !matches.has(index));
  const free = classesOf(keysFound, (index) => !taken.has(index));
  const mismatches: Mismatch[] = [];
  const ancestors = ancestorsOf(expected.map(({ sources }) => sources));
  const side = offMainPath(expected.map(({ sources }) => sources));
  // Norms come last, because the layers before them may tell them apart.
  const isNorm = ([key]: readonly [string, unknown]) => !key.includes("kernel");
  for (const [key, members] of [...open].sort((a, b) => Number(isNorm(a)) - Number(isNorm(b)))) {
    const found = free.get(key) ?? [];
    const grounds = { ancestors, side, checkpoint };
    const pairs = pairInOrder(members, found, grounds) ?? pairNorms(members, found, { ...grounds, expected, matches });
    if (pairs === null) mismatches.push({ key, expected: members, found });
    else {
      const reason = members.length === 1 ? "shape" : "order";
      for (const [index, layer] of pairs) matches.set(index, { layer, reason });
    }
  }
  const unused = [...free].flatMap(([key, found]) => (open.has(key) ? [] : found)).sort((a, b) => a - b);
  return { matches, mismatches, unused };
}

/** Returns the pairs of equal names, if every expected layer has a layer of that name and of its shape. */
function sameNames(
  expected: readonly ExpectedLayer[],
  layers: readonly CheckpointLayer[],
  keys: readonly string[],
  keysFound: readonly string[],
): readonly (readonly [number, number])[] | null {
  const byName = new Map(layers.map(({ name }, index) => [name, index]));
  const pairs: [number, number][] = [];
  for (const [index, { path }] of expected.entries()) {
    const layer = byName.get(path);
    if (layer === undefined || keys[index] !== keysFound[layer]) return null;
    pairs.push([index, layer]);
  }
  return pairs;
}

/** Two layers that the user paired get the same key, so that the comparison of structures treats them as equal. */
function withPairs(keys: readonly string[], keysFound: readonly string[], fixed: ReadonlyMap<number, number>) {
  const expected = [...keys];
  const found = [...keysFound];
  for (const [index, layer] of fixed) {
    expected[index] = `pair ${index}`;
    if (layer !== noLayer) found[layer] = `pair ${index}`;
  }
  return { expected, found };
}

function classesOf(keys: readonly string[], include: (index: number) => boolean): ReadonlyMap<string, number[]> {
  const classes = new Map<string, number[]>();
  for (const [index, key] of keys.entries()) {
    if (include(index)) classes.set(key, [...(classes.get(key) ?? []), index]);
  }
  return classes;
}

/**
 * Pairs norms by the layers that they belong to, where those are matched and the checkpoint's names pair each with a norm. The other norms
 * are paired in order. Returns null if some cannot be distinguished.
 */
function pairNorms(
  members: readonly number[],
  found: readonly number[],
  grounds: Grounds & { readonly expected: readonly ExpectedLayer[]; readonly matches: ReadonlyMap<number, Match> },
): readonly (readonly [number, number])[] | null {
  const { expected, matches, checkpoint } = grounds;
  const pairs = new Map<number, number>();
  for (const index of members) {
    const [source, ...others] = expected[index]!.sources;
    const own =
      others.length === 0 && source !== undefined && expected[index]!.path === `${expected[source]!.path}/norm`;
    const layer = own ? matches.get(source)?.layer : undefined;
    const norm = layer === undefined ? null : (checkpoint.normOf?.(layer) ?? null);
    if (norm !== null && found.includes(norm)) pairs.set(index, norm);
  }
  const taken = new Set(pairs.values());
  if (pairs.size === 0 || taken.size < pairs.size) return null;
  const rest = members.filter((index) => !pairs.has(index));
  const others = pairInOrder(
    rest,
    found.filter((layer) => !taken.has(layer)),
    grounds,
  );
  return others === null ? null : [...pairs, ...others];
}

interface Grounds {
  readonly ancestors: readonly ReadonlySet<number>[];
  readonly side: readonly boolean[];
  readonly checkpoint: Checkpoint;
}

/** Returns the pairs among layers of one shape, or null if they cannot be distinguished. */
function pairInOrder(
  members: readonly number[],
  found: readonly number[],
  grounds: Grounds,
): readonly (readonly [number, number])[] | null {
  if (members.length !== found.length) return null;
  const pairs = members.map((index, i): readonly [number, number] => [index, found[i]!]);
  if (members.length < 2) return pairs;
  const { ancestors, side, checkpoint } = grounds;
  const chain = members.every((index, i) => i === 0 || ancestors[index]!.has(members[i - 1]!));
  if (chain) return checkpoint.ordered(found.map((layer) => checkpoint.layers[layer]!)) ? pairs : null;
  // Projections run in parallel to the main path, so the order does not distinguish the two. The names in PyTorch do.
  const isSide = (layer: number) => checkpoint.layers[layer]!.side;
  const [mainMembers, sideMembers] = [members.filter((i) => !side[i]), members.filter((i) => side[i])];
  const [mainFound, sideFound] = [found.filter((i) => !isSide(i)), found.filter(isSide)];
  if (mainMembers.length === 0 || sideMembers.length === 0) return null;
  const main = pairInOrder(mainMembers, mainFound, grounds);
  const beside = pairInOrder(sideMembers, sideFound, grounds);
  return main === null || beside === null ? null : [...main, ...beside];
}
