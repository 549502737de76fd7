import type { AssertRow } from "../../analysis/asserts.ts";
import type { PerAxis, Summary } from "../../analysis/summary.ts";
import { formatShape, type Shape } from "../../ir/shape.ts";
import { grouped } from "../../text/grouped.ts";
import { element } from "../dom/element.ts";
import { dataTable } from "./data-table.ts";
import { factList } from "./fact-list.ts";
import { brokenSpec, notice } from "./notice.ts";
import { shareBar } from "./share-bar.ts";
import type { View } from "./view.ts";

/**
 * Returns the tab of the summary: totals, asserts, layers with their costs, and blocks with their residuals and
 * reasons.
 */
export function createSummaryView(): View<"summary"> {
  const panel = element("section", { class: "panel" });
  return {
    id: "summary",
    label: "Summary",
    request: "summary",
    ask: null,
    panel,
    show(summary) {
      panel.replaceChildren(...(summary === null ? [notice(brokenSpec)] : partsOf(summary)));
    },
  };
}

function partsOf(summary: Summary): readonly HTMLElement[] {
  return [
    element("p", { class: "lead" }, `${summary.name}: ${formatShape(summary.input)} to ${formatShape(summary.output)}`),
    totals(summary),
    ...(summary.asserts.length === 0 ? [] : [asserts(summary.asserts)]),
    layers(summary),
    ...(summary.blocks.length === 0 ? [] : [blocks(summary)]),
  ];
}

function totals({ params, macs, residuals, memory }: Summary): HTMLElement {
  return factList([
    ["Trainable parameters", grouped(params.trainable)],
    ["All parameters", grouped(params.total)],
    ["After folding", grouped(params.folded)],
    ["Multiply-adds", grouped(macs)],
    ["Residuals", grouped(residuals)],
    ["Peak activations", `${grouped(memory.peakBytes)} bytes${memory.peakAt === null ? "" : ` at ${memory.peakAt}`}`],
  ]);
}

function asserts(rows: readonly AssertRow[]): HTMLElement {
  const shown = (value: number | Shape): string => (typeof value === "number" ? grouped(value) : formatShape(value));
  return dataTable(
    "Asserts",
    [{ title: "assert" }, { title: "is" }, { title: "holds" }, { title: "because", prose: true }],
    rows.map(({ subject, operator, bound, actual, holds, why }) => [
      `${subject} ${operator} ${shown(bound)}`,
      shown(actual),
      holds ? "yes" : "no",
      why ?? "",
    ]),
  );
}

function layers(summary: Summary): HTMLElement {
  const right = { align: "right" } as const;
  return dataTable(
    `Layers (${String(summary.layers.length)})`,
    [
      { title: "layer" },
      { title: "op" },
      { title: "output" },
      { title: "params", ...right },
      { title: "share", ...right },
      { title: "multiply-adds", ...right },
      { title: "share", ...right },
      { title: "field", ...right },
    ],
    summary.layers.map(({ path, op, output, params, macs, share, receptiveField }) => [
      path,
      op,
      formatShape(output),
      grouped(params),
      shareBar(share.params),
      grouped(macs),
      shareBar(share.macs),
      perAxis(receptiveField),
    ]),
  );
}

function blocks(summary: Summary): HTMLElement {
  return dataTable(
    `Blocks (${String(summary.blocks.length)})`,
    [{ title: "block" }, { title: "stride", align: "right" }, { title: "residual" }, { title: "because", prose: true }],
    summary.blocks.map(({ path, stride, residual, reason }) => [
      path,
      stride === null ? "–" : perAxis(stride),
      residual ? "yes" : "no",
      reason,
    ]),
  );
}

function perAxis(value: PerAxis): string {
  return typeof value === "number" ? String(value) : value.join("×");
}
