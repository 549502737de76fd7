import { printable } from "../../diagnostics/printable.ts";
import { grouped } from "../../text/grouped.ts";
import type { PlanReport, PlanRow } from "../../targets/webgpu/plan-report.ts";
import { layersOfRow } from "../../targets/webgpu/layers-of-row.ts";
import { alignColumns } from "./align-columns.ts";

function rowCells(row: PlanRow, index: number): readonly string[] {
  return [
    String(index),
    printable(layersOfRow(row)),
    row.workgroups.join("x"),
    grouped(row.bytes),
    grouped(row.macs),
    row.microseconds.toFixed(1),
    row.saves === null ? "" : `${row.saves.microseconds.toFixed(1)} µs, ${grouped(row.saves.bytes)} bytes`,
    row.variant === "" ? row.reason : `${row.reason}; ${row.variant}`,
  ];
}

/** Writes a plan for people: its dispatches, their costs, and the reason for each. */
export function renderPlan(report: PlanReport): string {
  const { network, device, precision, dispatches, pipelines, totals, memory } = report;
  const header = ["", "layers", "workgroups", "bytes", "multiply-adds", "µs", "saves", "because"];
  const table = alignColumns(
    [header, ...dispatches.map(rowCells)],
    ["right", "left", "left", "right", "right", "right", "left", "left"],
  );
  const fused = dispatches.flatMap(({ saves }) => saves ?? []);
  const sum = (count: (saved: (typeof fused)[number]) => number) =>
    fused.reduce((total, saved) => total + count(saved), 0);
  const totalLines = alignColumns(
    [
      [
        "dispatches",
        grouped(dispatches.length),
        `of ${grouped(dispatches.length + sum((saved) => saved.dispatches))} without fusion`,
      ],
      ["pipelines", grouped(pipelines), "equal ones are one"],
      ["multiply-adds", grouped(totals.macs), "those computed twice included"],
      ["bytes moved", grouped(totals.bytes), `${grouped(sum((saved) => saved.bytes))} spared`],
      [
        "estimate",
        `${(totals.microseconds / 1000).toFixed(2)} ms`,
        `${(sum((saved) => saved.microseconds) / 1000).toFixed(2)} ms spared`,
      ],
      [
        "activations",
        grouped(memory.activationBytes),
        `bytes in ${memory.buffers.length} buffers; any plan of this order needs ${grouped(memory.lowerBoundBytes)}`,
      ],
      ["weights", grouped(memory.weightBytes), "bytes"],
    ],
    ["left", "right", "left"],
  );
  return [
    `${printable(network)} on WebGPU, made for device class ${device}${precision === "f32" ? "" : `, values and weights stored as ${precision}`}`,
    "",
    table,
    "",
    "bytes: of what a dispatch binds, each once. µs and saves: by the cost model of the class, not measured.",
    "",
    totalLines,
  ].join("\n");
}
