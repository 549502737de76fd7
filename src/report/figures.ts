import { xmlText } from "../diagnostics/xml-text.ts";
import { counted } from "../text/counted.ts";
import { grouped } from "../text/grouped.ts";
import { shortFigure } from "../text/short-figure.ts";
import { shortBytes } from "../text/short-bytes.ts";
import type { ReportData, ReportFinding } from "./report-data.ts";

interface Figure {
  readonly name: string;
  readonly value: string;
  readonly more: string;
}

/** The numbers at the top of the page. */
export function figures(data: ReportData): string {
  const items = figuresOf(data).map(
    ({ name, value, more }) =>
      `<div><dt>${xmlText(name)}</dt><dd class="value">${xmlText(value)}</dd><dd class="faint">${xmlText(more)}</dd></div>`,
  );
  return `<dl class="figures">${items.join("")}</dl>`;
}

function figuresOf({ summary, plan, findings, moreFindings }: ReportData): readonly Figure[] {
  const { params, macs, layers, residuals } = summary;
  return [
    { name: "Parameters", value: shortFigure(params.trainable), more: `${grouped(params.trainable)} trainable` },
    { name: "Multiply-adds", value: shortFigure(macs), more: `${grouped(macs)} an image` },
    { name: "Layers", value: grouped(layers.length), more: counted(residuals, "residual", grouped) },
    ...(plan === null ? [] : planFigures(plan.report)),
    { name: "Findings", value: grouped(findings.length + moreFindings), more: severities(findings) },
  ];
}

function planFigures({ dispatches, memory, totals }: NonNullable<ReportData["plan"]>["report"]): readonly Figure[] {
  return [
    {
      name: "WebGPU dispatches",
      value: grouped(dispatches.length),
      more: `an estimated ${(totals.microseconds / 1000).toPrecision(2)} ms`,
    },
    {
      name: "WebGPU memory",
      value: shortBytes(memory.activationBytes),
      more: `and ${shortBytes(memory.weightBytes)} of weights`,
    },
  ];
}

function severities(findings: readonly ReportFinding[]): string {
  const counts = (["error", "warning"] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [counted(count, severity, grouped)];
  });
  if (counts.length > 0) return counts.join(", ");
  return findings.length === 0 ? "nothing found" : "for information";
}
