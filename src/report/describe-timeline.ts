import { counted } from "../text/counted.ts";
import { grouped } from "../text/grouped.ts";
import type { MemoryTimeline } from "./memory-timeline.ts";

/** Describes the memory chart in words. */
export function describeTimeline({ buffers, dispatches, values, lowerBoundBytes }: MemoryTimeline): string {
  const total = buffers.reduce((sum, size) => sum + size, 0);
  const [biggest] = values.toSorted((a, b) => b.bytes - a.bytes);
  const most = biggest === undefined ? "" : ` The biggest value is ${biggest.path}, ${grouped(biggest.bytes)} bytes.`;
  return [
    `Over ${counted(dispatches, "dispatch", grouped)}, ${counted(values.length, "value", grouped)} share ${counted(buffers.length, "buffer", grouped)} of ${grouped(total)} bytes`,
    total === lowerBoundBytes
      ? ", the least that this order of dispatches needs."
      : `; any plan of this order needs ${grouped(lowerBoundBytes)}.`,
    most,
  ].join("");
}

/** Describes when a value is in memory: `from dispatch 3 to 5`. The network's input is in memory from the start. */
export function describeLife(born: number, dies: number, dispatches: number): string {
  if (born >= 0 && born === dies) return `in dispatch ${born}`;
  const from = born < 0 ? "from the start" : `from dispatch ${born}`;
  return `${from} ${dies >= dispatches ? "to the end" : `to ${dies}`}`;
}
