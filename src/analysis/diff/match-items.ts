import { alignSequences } from "./align.ts";

/** A node or a weight in the form in which two networks are compared. */
export interface NamedItem {
  readonly name: string;
  /**
   * All its data except its name. Two items with equal signatures at the same position count as one item that was
   * renamed.
   */
  readonly signature: string;
}

export interface ItemMatches {
  /** Pairs of items with the same name: the index in `a` and the index in `b`. */
  readonly kept: readonly (readonly [a: number, b: number])[];
  /** Pairs of items with different names, the same signature and the same neighbours. */
  readonly renamed: readonly (readonly [a: number, b: number])[];
  /** Indices in the first list. */
  readonly removed: readonly number[];
  /** Indices in the second list. */
  readonly added: readonly number[];
}

/** Matches two lists whose names are unique in each. */
export function matchItems(a: readonly NamedItem[], b: readonly NamedItem[]): ItemMatches {
  const placeInB = new Map(b.map(({ name }, place) => [name, place]));
  const kept = a.flatMap(({ name }, i): (readonly [number, number])[] => {
    const j = placeInB.get(name);
    return j === undefined ? [] : [[i, j]];
  });
  const keptA = new Set(kept.map(([i]) => i));
  const keptB = new Set(kept.map(([, j]) => j));
  const anchors = alignSequences(
    a.map(({ name }) => name),
    b.map(({ name }) => name),
  );
  const renamed: (readonly [number, number])[] = [];
  let [fromA, fromB] = [0, 0];
  for (const [toA, toB] of [...anchors, [a.length, b.length] as const]) {
    const goneA = range(fromA, toA).filter((i) => !keptA.has(i));
    const newB = range(fromB, toB).filter((j) => !keptB.has(j));
    const pairs = alignSequences(
      goneA.map((i) => a[i]?.signature ?? ""),
      newB.map((j) => b[j]?.signature ?? ""),
    );
    for (const [i, j] of pairs) renamed.push([goneA[i] ?? 0, newB[j] ?? 0]);
    [fromA, fromB] = [toA + 1, toB + 1];
  }
  const usedA = new Set([...keptA, ...renamed.map(([i]) => i)]);
  const usedB = new Set([...keptB, ...renamed.map(([, j]) => j)]);
  return {
    kept,
    renamed,
    removed: range(0, a.length).filter((i) => !usedA.has(i)),
    added: range(0, b.length).filter((j) => !usedB.has(j)),
  };
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}
