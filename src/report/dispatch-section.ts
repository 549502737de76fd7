import { layersOfRow } from "../targets/webgpu/layers-of-row.ts";
import { grouped } from "../text/grouped.ts";
import { noPlan, paragraph } from "./paragraph.ts";
import type { ReportData } from "./report-data.ts";
import { kernelId } from "./source-section.ts";
import { table } from "./table.ts";

export function dispatchSection({ plan }: ReportData): string {
  if (plan === null) return noPlan;
  const { dispatches, totals, device, precision } = plan.report;
  const rows = dispatches.map((row, i) => {
    const kernel = plan.kernelOf[i] ?? 0;
    return [
      String(i),
      layersOfRow(row),
      { html: `<a href="#${kernelId(kernel)}">kernel ${kernel + 1}</a>` },
      row.workgroups.join("x"),
      grouped(row.bytes),
      grouped(row.macs),
      row.microseconds.toFixed(1),
      row.reason,
    ];
  });
  const told = `Together they move ${grouped(totals.bytes)} bytes, stored as ${precision}. Times are estimates of the cost model for device class ${device}, made for choosing; where one was measured, the reason says so.`;
  const columns = [
    { title: "#", number: true },
    { title: "Layers" },
    { title: "Kernel" },
    { title: "Workgroups" },
    { title: "Bytes", number: true },
    { title: "Multiply-adds", number: true },
    { title: "µs", number: true },
    { title: "Reason" },
  ] as const;
  return `${paragraph(told)}\n${table("Dispatches of the WebGPU program", columns, rows)}`;
}
