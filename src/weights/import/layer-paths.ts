/** For each layer, the indices of the layers that feed it. A layer comes after the layers that feed it. */
type Sources = readonly (readonly number[])[];

/** Returns all layers that a layer's value depends on. */
export function ancestorsOf(sources: Sources): readonly ReadonlySet<number>[] {
  const ancestors: Set<number>[] = [];
  for (const from of sources) {
    const set = new Set(from);
    for (const source of from) for (const ancestor of ancestors[source] ?? []) set.add(ancestor);
    ancestors.push(set);
  }
  return ancestors;
}

function sinksOf(sources: Sources): readonly (readonly number[])[] {
  const sinks: number[][] = sources.map(() => []);
  for (const [index, from] of sources.entries()) for (const source of from) sinks[source]?.push(index);
  return sinks;
}

/**
 * Returns, for each layer, true if it is on no longest path through the network. The projection of a residual unit is
 * such a layer, because the parallel path has more layers.
 */
export function offMainPath(sources: Sources): readonly boolean[] {
  const sinks = sinksOf(sources);
  const depth: number[] = [];
  for (const [index, from] of sources.entries()) depth[index] = 1 + Math.max(0, ...from.map((i) => depth[i] ?? 0));
  const height: number[] = [];
  for (let index = sources.length - 1; index >= 0; index--) {
    height[index] = 1 + Math.max(0, ...(sinks[index] ?? []).map((i) => height[i] ?? 0));
  }
  const through = sources.map((_from, index) => (depth[index] ?? 0) + (height[index] ?? 0));
  const longest = Math.max(0, ...through);
  return through.map((length) => length < longest);
}

interface Structure {
  readonly keys: readonly string[];
  readonly sources: Sources;
}

/**
 * Returns the pairs of layers that have the same position in both structures: equal keys, equal predecessors and equal
 * successors, recursively. Returns no pairs if the structures differ. A layer with several possible partners is left
 * out.
 */
export function sameStructure(a: Structure, b: Structure): readonly (readonly [number, number])[] {
  const numbers = new Map<string, number>();
  const numberOf = (text: string) => {
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  };
  const [left, right] = [a, b].map(({ keys, sources }) => groupByPlace(placesOf(keys, sources, numberOf)));
  const pairs: [number, number][] = [];
  if (left!.size !== right!.size) return [];
  for (const [place, members] of left!) {
    const partners = right!.get(place);
    if (partners?.length !== members.length) return [];
    if (members.length === 1) pairs.push([members[0]!, partners[0]!]);
  }
  return pairs.sort(([x], [y]) => x - y);
}

function placesOf(keys: readonly string[], sources: Sources, numberOf: (text: string) => number): readonly string[] {
  const sinks = sinksOf(sources);
  const history: number[] = [];
  const future: number[] = [];
  const listed = (values: readonly number[]) => [...values].sort((x, y) => x - y).join();
  for (const [index, key] of keys.entries()) {
    history[index] = numberOf(`< ${key} ${listed(sources[index]!.map((i) => history[i]!))}`);
  }
  for (let index = keys.length - 1; index >= 0; index--) {
    future[index] = numberOf(`> ${keys[index]!} ${listed(sinks[index]!.map((i) => future[i]!))}`);
  }
  return keys.map((_key, index) => `${history[index]!} ${future[index]!}`);
}

function groupByPlace(places: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  for (const [index, place] of places.entries()) groups.set(place, [...(groups.get(place) ?? []), index]);
  return groups;
}
