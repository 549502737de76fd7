import { availableParallelism, loadavg } from "node:os";
import type { Timing } from "../src/bench/timing.ts";

/** One measured figure and its bound. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: "ms" | "times";
  readonly atMost: number;
  readonly timing: Timing | null;
}

/** Returns a figure for a time and its bound. A time for comparison has no bound. */
export function timeFigure(what: string, timing: Timing, atMost = Infinity): Figure {
  return { what, value: timing.median, unit: "ms", atMost, timing };
}

function table(figures: readonly Figure[]): string {
  const number = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(1));
  const rows = figures.map(({ what, value, unit, atMost, timing }) => [
    what,
    `${number(value)} ${unit}`,
    timing === null ? "" : `${number(timing.fastest)} ms of ${timing.runs}`,
    atMost === Infinity ? "" : `${number(atMost)} ${unit}`,
    atMost === Infinity ? "" : value <= atMost ? "holds" : "MISSED",
  ]);
  const header = ["what", "median", "fastest", "at most", ""];
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ");
  return [header, ...rows].map((cells) => line(cells).trimEnd()).join("\n");
}

/** Measures, and prints a table, or JSON with `--json`. */
export function printFigures(measure: () => readonly Figure[]): void {
  const load = loadavg()[0] ?? 0;
  const figures = measure();
  const machine = `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores, load ${load.toFixed(1)} at the start`;
  if (process.argv.includes("--json")) {
    const rounded = figures.map(({ atMost, ...figure }) => ({
      ...figure,
      atMost: atMost === Infinity ? null : atMost,
    }));
    process.stdout.write(`${JSON.stringify({ schemaVersion: 1, machine, figures: rounded }, null, 2)}\n`);
  } else {
    process.stdout.write(`${machine}\n\n${table(figures)}\n`);
  }
}
