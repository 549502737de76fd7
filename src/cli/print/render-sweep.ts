import type { SweepRow } from "../../analysis/sweep/sweep-row.ts";
import { printable } from "../../diagnostics/printable.ts";
import { alignColumns } from "./align-columns.ts";
import { csv } from "./csv.ts";
import { counted } from "../../text/counted.ts";
import { grouped } from "../../text/grouped.ts";

/** Describes what `mnet sweep --csv` prints, for the help of the verb. */
export const sweepTableHelp = `
Columns, one row a variant; the first --set changes slowest, the last one fastest:
  index         number of the variant in the whole sweep, from 0; the same in every shard
  ...           the value of each --set
  params        trainable weights
  macs          multiply-adds of one image (FLOPs = 2 x macs)
  peak_bytes    bytes of activations live at once, float32
  weight_bytes  bytes of the weights after folding, float32
  error         why the variant fails; a variant that only breaks an assert still has its figures
The exit code is 1 where a variant fails. The other rows are printed all the same.`;

const figureNames = ["params", "macs", "peak_bytes", "weight_bytes"] as const;

/** Writes a sweep as comma-separated values with a header. A param with the name of another column is headed `set.NAME`. */
export function sweepCsv(names: readonly string[], rows: readonly SweepRow[]): string {
  const own = new Set<string>(["index", ...figureNames, "error"]);
  const header = ["index", ...names.map((name) => (own.has(name) ? `set.${name}` : name)), ...figureNames, "error"];
  return csv([
    header,
    ...rows.map(({ index, set, figures, error }) => [
      index,
      ...names.map((name) => (typeof set[name] === "string" ? printable(set[name]) : (set[name] ?? ""))),
      ...(figures === null
        ? figureNames.map(() => "")
        : [figures.params, figures.macs, figures.peakBytes, figures.weightBytes]),
      error === null ? "" : printable(error.message),
    ]),
  ]);
}

/** Writes a sweep as a table for people. */
export function sweepTable(network: string, names: readonly string[], rows: readonly SweepRow[]): string {
  const failed = rows.filter(({ error }) => error !== null).length;
  const cells = rows.map(({ index, set, figures, error }) => [
    String(index),
    ...names.map((name) => printable(String(set[name] ?? ""))),
    ...(figures === null
      ? ["-", "-", "-", "-"]
      : [figures.params, figures.macs, figures.peakBytes, figures.weightBytes].map(grouped)),
    error === null ? "" : `FAILED  ${printable(error.message)}`,
  ]);
  const header = ["index", ...names, "params", "multiply-adds", "peak bytes", "weight bytes", ""];
  const sides = header.map((name): "left" | "right" => (name === "" ? "left" : "right"));
  const count = `${counted(rows.length, "variant")} of ${network}`;
  return [
    alignColumns([header, ...cells], sides),
    "",
    `${count}${failed === 0 ? "" : `, ${failed} failed`}`,
    "params: trainable. multiply-adds: of one image; FLOPs = 2 x. peak bytes: activations live at once, float32.",
    "weight bytes: after folding batch norm, float32.",
  ].join("\n");
}

/** Returns the rows of a sweep for JSON. */
export function sweepJson(rows: readonly SweepRow[]): readonly object[] {
  return rows.map(({ index, set, figures, error }) => ({
    index,
    set,
    params: figures?.params ?? null,
    macs: figures?.macs ?? null,
    peakBytes: figures?.peakBytes ?? null,
    weightBytes: figures?.weightBytes ?? null,
    error,
  }));
}
