import type { SpecLine } from "../compiler/run-host.ts";

/** One dispatch of a plan, and its time. */
export interface TimedDispatch {
  /** Paths of the layers that it computes. */
  readonly layers: readonly string[];
  /** `kernels/pointwise_3.wgsl`. */
  readonly kernel: string;
  /** Milliseconds. */
  readonly milliseconds: number;
}

/** A bar of the chart: one dispatch, or all dispatches of one line of the spec. */
export interface DispatchRow {
  /** Position in the order of execution, from 1. A row of several dispatches has the position of the first. */
  readonly order: number;
  /** Lines of the spec, in order. Empty if none is known. */
  readonly lines: readonly SpecLine[];
  readonly layers: readonly string[];
  readonly kernels: readonly string[];
  readonly milliseconds: number;
  /** The share of the total time, from 0 to 1. */
  readonly share: number;
}

export const groupings = ["dispatch", "line"] as const;
export type Grouping = (typeof groupings)[number];
export const orders = ["run", "time"] as const;
export type Order = (typeof orders)[number];

/**
 * Returns the rows of the chart. If they are grouped by line, all dispatches of the same line are one row. A dispatch
 * with layers of several lines is grouped with the other dispatches of exactly these lines.
 */
export function dispatchRows(
  dispatches: readonly TimedDispatch[],
  lines: ReadonlyMap<string, SpecLine>,
  { grouping, order }: { readonly grouping: Grouping; readonly order: Order },
): readonly DispatchRow[] {
  const total = dispatches.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const single = dispatches.map(({ layers, kernel, milliseconds }, index): DispatchRow => {
    const kernels = [kernel.replace(/^kernels\/|\.wgsl$/g, "")];
    const share = total === 0 ? 0 : milliseconds / total;
    return { order: index + 1, lines: linesOf(layers, lines), layers, kernels, milliseconds, share };
  });
  const rows = grouping === "dispatch" ? single : byLine(single);
  return order === "run" ? rows : [...rows].sort((a, b) => b.milliseconds - a.milliseconds || a.order - b.order);
}

function linesOf(layers: readonly string[], lines: ReadonlyMap<string, SpecLine>): readonly SpecLine[] {
  const found = new Map(
    layers.flatMap((layer) => {
      const at = lines.get(layer);
      return at === undefined ? [] : [[at.line, at] as const];
    }),
  );
  return [...found.values()].sort((a, b) => a.line - b.line);
}

function byLine(rows: readonly DispatchRow[]): readonly DispatchRow[] {
  const groups = new Map<string, DispatchRow>();
  for (const row of rows) {
    // Dispatches without a known line are grouped by their layers.
    const key = row.lines.length === 0 ? row.layers.join() : row.lines.map(({ line }) => line).join();
    const before = groups.get(key);
    const joined = {
      order: before?.order ?? row.order,
      lines: row.lines,
      layers: [...(before?.layers ?? []), ...row.layers],
      kernels: [...new Set([...(before?.kernels ?? []), ...row.kernels])],
      milliseconds: (before?.milliseconds ?? 0) + row.milliseconds,
      share: (before?.share ?? 0) + row.share,
    };
    groups.set(key, joined);
  }
  return [...groups.values()];
}
