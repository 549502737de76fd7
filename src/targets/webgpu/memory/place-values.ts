import { alignOffset } from "../schedule/limits.ts";
import type { ValueId } from "../schedule/schedule.ts";
import type { Lifetime } from "./lifetimes.ts";

/** Where a value lies, in bytes. */
export interface Place {
  readonly buffer: number;
  readonly offset: number;
  readonly size: number;
}

export interface Placement {
  /** The place of each value. */
  readonly places: readonly Place[];
  /** Sizes of the buffers. */
  readonly buffers: readonly number[];
}

interface Placed {
  readonly lifetime: Lifetime;
  readonly offset: number;
  readonly end: number;
}

/** Pairs of values that all tries together look at, which bounds the time. */
const EFFORT = 20_000_000;
const MOST_TRIES = 300;

/**
 * Puts values into a few buffers so that no dispatch finds one buffer among both its inputs and its output (WebGPU refuses
 * that even for disjoint slices), values alive together never overlap, and the sum of the buffers is small. It tries two
 * ways: to share out buffers first, by colouring neighbours apart in the order of birth; and to take big values first, each into
 * the buffer that grows least. As one unlucky choice costs a buffer, it tries many orders near the second, always the same ones.
 */
export function placeValues(lifetimes: readonly Lifetime[], maxBufferSize: number, lowerBound: number): Placement {
  const tries = Math.max(1, Math.min(MOST_TRIES, Math.floor(EFFORT / lifetimes.length ** 2)));
  const random = sequence();
  const bySize = lifetimes.toSorted((a, b) => b.bytes - a.bytes || a.value - b.value);
  let best = placeInOrder(bySize, maxBufferSize, coloursOf(lifetimes));
  let bestTotal = totalOf(best);
  for (let attempt = 0; attempt < tries && bestTotal > alignOffset(lowerBound); attempt++) {
    const weight = new Map(
      lifetimes.map(({ value, bytes }) => [value, attempt === 0 ? bytes : bytes * (0.25 + random())]),
    );
    const order = lifetimes.toSorted(
      (a, b) => (weight.get(b.value) ?? 0) - (weight.get(a.value) ?? 0) || a.value - b.value,
    );
    const placement = placeInOrder(order, maxBufferSize, null);
    const total = totalOf(placement);
    if (total < bestTotal) {
      best = placement;
      bestTotal = total;
    }
  }
  return best;
}

function totalOf({ buffers }: Placement): number {
  return buffers.reduce((sum, size) => sum + size, 0);
}

/** Gives each value the lowest number that none of its elder neighbours has. */
function coloursOf(lifetimes: readonly Lifetime[]): ReadonlyMap<ValueId, number> {
  const colours = new Map<ValueId, number>();
  for (const { value, neighbours } of lifetimes.toSorted((a, b) => a.born - b.born)) {
    const taken = new Set([...neighbours].map((neighbour) => colours.get(neighbour)));
    let colour = 0;
    while (taken.has(colour)) colour++;
    colours.set(value, colour);
  }
  return colours;
}

/** Places values in an order. `colours`, where given, say which values share a buffer. */
function placeInOrder(
  order: readonly Lifetime[],
  maxBufferSize: number,
  colours: ReadonlyMap<ValueId, number> | null,
): Placement {
  const buffers: { size: number; readonly held: Placed[] }[] = [];
  const bufferOf = new Map<ValueId, number>();
  const places: Place[] = [];
  for (const lifetime of order) {
    const taken = new Set([...lifetime.neighbours].map((value) => bufferOf.get(value)));
    let chosen = buffers.length;
    let offset = 0;
    let growth = alignOffset(lifetime.bytes);
    const colour = colours?.get(lifetime.value);
    buffers.forEach(({ size, held }, index) => {
      if (taken.has(index) || colours?.get(held[0]?.lifetime.value ?? -1) !== colour) return;
      const at = firstGap(held, lifetime);
      const end = at + alignOffset(lifetime.bytes);
      const grows = Math.max(0, end - size);
      const better = grows < growth || (grows === growth && chosen === buffers.length);
      if (better && end <= maxBufferSize) {
        chosen = index;
        offset = at;
        growth = grows;
      }
    });
    const buffer = (buffers[chosen] ??= { size: 0, held: [] });
    const end = offset + alignOffset(lifetime.bytes);
    buffer.size = Math.max(buffer.size, end);
    insert(buffer.held, { lifetime, offset, end });
    bufferOf.set(lifetime.value, chosen);
    places[lifetime.value] = { buffer: chosen, offset, size: lifetime.bytes };
  }
  return { places, buffers: buffers.map(({ size }) => size) };
}

/** Finds the lowest offset at which no value lies that is alive together with the newcomer. `held` is sorted by offset. */
function firstGap(held: readonly Placed[], { born, dies, bytes }: Lifetime): number {
  const needed = alignOffset(bytes);
  let at = 0;
  for (const { lifetime, offset, end } of held) {
    if (lifetime.born > dies || lifetime.dies < born) continue;
    if (offset >= at + needed) return at;
    at = Math.max(at, end);
  }
  return at;
}

function insert(held: Placed[], placed: Placed): void {
  const index = held.findIndex(({ offset }) => offset > placed.offset);
  held.splice(index < 0 ? held.length : index, 0, placed);
}

/** Makes numbers in [0, 1), the same in every run (a linear congruence; Numerical Recipes). */
function sequence(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
