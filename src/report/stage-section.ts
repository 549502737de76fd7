import { stagesOf, type Stage } from "../analysis/stages.ts";
import { xmlText } from "../diagnostics/xml-text.ts";
import { counted } from "../text/counted.ts";
import { grouped } from "../text/grouped.ts";
import { percent } from "../text/percent.ts";
import { paragraph } from "./paragraph.ts";
import type { ReportData } from "./report-data.ts";
import { table, type Cell } from "./table.ts";

/** Shows bars of parameters and multiply-adds, with one row for each map size. */
export function stageSection({ summary }: ReportData): string {
  const stages = stagesOf(summary.layers);
  const params = costOf(stages, summary.params.trainable, (stage) => stage.params);
  const macs = costOf(stages, summary.macs, (stage) => stage.macs);
  const rows = stages.map((stage) => [
    { html: stageName(stage) },
    costCell(stage.params, params, "params"),
    costCell(stage.macs, macs, "macs"),
  ]);
  const heaviest = [...tellMost(params, "parameters"), ...tellMost(macs, "multiply-adds")];
  const caption = "Parameters and multiply-adds by the size of the maps";
  const columns = [{ title: "Stage" }, { title: "Parameters" }, { title: "Multiply-adds" }];
  return [
    ...(heaviest.length === 0 ? [] : [paragraph(heaviest.join(" "))]),
    `<div class="stages">${table(caption, columns, rows)}</div>`,
  ].join("\n");
}

/** The values of one count in all stages. */
interface Cost {
  readonly whole: number;
  readonly most: number;
  /** The largest value of any stage. */
  readonly size: string;
}

function costOf(stages: readonly Stage[], whole: number, count: (stage: Stage) => number): Cost {
  const [first] = stages.toSorted((a, b) => count(b) - count(a));
  return { whole, most: first === undefined ? 0 : count(first), size: first?.size ?? "" };
}

/** Returns a sentence that names the stage with the largest share. Returns nothing if the total is 0. */
function tellMost({ whole, most, size }: Cost, what: string): readonly string[] {
  return most === 0 ? [] : [`Most ${what} are at ${size}: ${percent(most / whole)}.`];
}

function stageName({ size, first, last, layers }: Stage): string {
  const where = first === last ? first : `${first} to ${last}`;
  return `${xmlText(size)} <span class="faint">${xmlText(`${where}, ${counted(layers, "layer", grouped)}`)}</span>`;
}

/** Shows the number and its share above a bar. The bar of the stage with the largest value is full. */
function costCell(value: number, { whole, most }: Cost, kind: "params" | "macs"): Cell {
  const width = most === 0 ? 0 : Math.round((1000 * value) / most) / 10;
  const bar = `<svg class="bar ${kind}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="10"/></svg>`;
  return {
    html: `<span class="cost">${grouped(value)} <span class="faint">${percent(whole === 0 ? 0 : value / whole)}</span></span>${bar}`,
  };
}
