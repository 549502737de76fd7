import { grouped } from "../text/grouped.ts";
import { shortBytes } from "../text/short-bytes.ts";
import { describeLife, describeTimeline } from "./describe-timeline.ts";
import { memoryChart } from "./memory-chart.ts";
import { noPlan, paragraph } from "./paragraph.ts";
import type { ReportData } from "./report-data.ts";
import { table } from "./table.ts";

export function memorySection({ plan, summary }: ReportData): string {
  if (plan === null) return noPlan;
  const { timeline } = plan;
  const { peakBytes, peakAt } = summary.memory;
  const unfused =
    peakAt === null
      ? ""
      : ` In float32 and without fusion, the peak of live activations is ${shortBytes(peakBytes)}, at ${peakAt}.`;
  const values = table(
    "Values and their places in memory",
    [
      { title: "Value" },
      { title: "Buffer", number: true },
      { title: "Offset", number: true },
      { title: "Bytes", number: true },
      { title: "Alive" },
    ],
    timeline.values.map(({ path, buffer, offset, bytes, born, dies }) => [
      path,
      String(buffer),
      grouped(offset),
      grouped(bytes),
      describeLife(born, dies, timeline.dispatches),
    ]),
  );
  return [
    paragraph(describeTimeline(timeline) + unfused),
    `<div class="chart" role="region" aria-label="Memory chart" tabindex="0">${memoryChart(timeline)}</div>`,
    `<details><summary>The chart as a table</summary>${values}</details>`,
  ].join("\n");
}
