import type { AssertRow } from "../../analysis/asserts.ts";
import type { PerAxis, Summary, SummaryLayer } from "../../analysis/summary.ts";
import { printable } from "../../diagnostics/printable.ts";
import { formatShape, type Shape } from "../../ir/shape.ts";
import { alignColumns } from "./align-columns.ts";
import { grouped } from "../../text/grouped.ts";

/** Writes a pair of axes: `3`, or `1x3` where they differ. */
export function axes(value: PerAxis): string {
  return typeof value === "number" ? String(value) : value.join("x");
}

function bound(value: number | Shape): string {
  return typeof value === "number" ? grouped(value) : formatShape(value);
}

/** Writes a share, 0 to 1, for a column whose header says percent: `12.3`. */
function percentFigure(share: number): string {
  return (share * 100).toFixed(1);
}

/** Writes what a table says of a layer, a cell a column. */
export function layerCells(layer: SummaryLayer): readonly string[] {
  return [
    layer.path,
    layer.op,
    formatShape(layer.input),
    formatShape(layer.output),
    grouped(layer.params),
    percentFigure(layer.share.params),
    grouped(layer.macs),
    percentFigure(layer.share.macs),
    grouped(layer.activationBytes),
    axes(layer.receptiveField),
  ];
}

function layerTable(summary: Summary): string {
  const rows = summary.layers.map(layerCells);
  const header = ["layer", "op", "input", "output", "params", "%", "multiply-adds", "%", "activations", "field"];
  const table = alignColumns(
    [header, ...rows],
    ["left", "left", "left", "left", "right", "right", "right", "right", "right", "right"],
  );
  return [
    table,
    "",
    "%: share of the network's total of the column before. activations: bytes of the output in float32.",
    "field: receptive field, the rows and columns of the input that one element depends on.",
  ].join("\n");
}

function blockTable(summary: Summary): string {
  const rows = summary.blocks.map((block) => [
    block.path,
    block.stride === null ? "-" : axes(block.stride),
    block.residual ? "yes" : "no",
    block.reason,
  ]);
  return alignColumns([["block", "stride", "residual", "because"], ...rows], ["left", "right", "left", "left"]);
}

function assertLine(row: AssertRow): string {
  const why = row.why === null ? "" : `  ${printable(JSON.stringify(row.why))}`;
  return `${row.holds ? "holds " : "FAILED"}  ${row.subject} ${row.operator} ${bound(row.bound)}, is ${bound(row.actual)}${why}`;
}

function totals(summary: Summary): string {
  const { params, memory } = summary;
  return alignColumns(
    [
      ["trainable parameters", grouped(params.trainable), "kernels, biases, gamma and beta"],
      ["all parameters", grouped(params.total), "with the moving statistics of batch norm"],
      ["after folding", grouped(params.folded), "batch norm folded into convs, branches merged, as deployed"],
      ["weights", grouped(params.folded * 4), "bytes after folding, float32"],
      ["multiply-adds", grouped(summary.macs), "of one image, convs and dense layers only"],
      ...(summary.foldedMacs === summary.macs
        ? []
        : [["as deployed", grouped(summary.foldedMacs), "multiply-adds with parallel branches merged"] as const]),
      ["FLOPs", grouped(summary.macs * 2), "2 x multiply-adds: a multiply and an add each count"],
      ["residuals", grouped(summary.residuals), ""],
      [
        "peak activations",
        grouped(memory.peakBytes),
        `bytes live at once, float32${memory.peakAt === null ? "" : `, at ${memory.peakAt}`}`,
      ],
    ],
    ["left", "right", "left"],
  );
}

/** Writes a summary for people: layers, blocks, totals with what they count, and asserts. */
export function renderSummary(summary: Summary): string {
  const parts = [
    `${summary.name}  ${formatShape(summary.input)} -> ${formatShape(summary.output)}`,
    layerTable(summary),
    ...(summary.blocks.length > 0 ? [blockTable(summary)] : []),
    totals(summary),
    ...(summary.asserts.length > 0 ? [summary.asserts.map(assertLine).join("\n")] : []),
  ];
  return parts.join("\n\n");
}
