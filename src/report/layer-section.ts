import type { PerAxis } from "../analysis/summary.ts";
import { formatShape } from "../ir/shape.ts";
import { grouped } from "../text/grouped.ts";
import type { ReportData } from "./report-data.ts";
import { table } from "./table.ts";

export function layerSection({ summary }: ReportData): string {
  return table(
    "Layers in order of execution",
    [
      { title: "Layer" },
      { title: "Op" },
      { title: "Input" },
      { title: "Output" },
      { title: "Parameters", number: true },
      { title: "Multiply-adds", number: true },
      { title: "Activations, bytes", number: true },
      { title: "Receptive field", number: true },
    ],
    summary.layers.map((layer) => [
      layer.path,
      layer.op,
      formatShape(layer.input),
      formatShape(layer.output),
      grouped(layer.params),
      grouped(layer.macs),
      grouped(layer.activationBytes),
      axes(layer.receptiveField),
    ]),
  );
}

function axes(value: PerAxis): string {
  return typeof value === "number" ? String(value) : formatShape(value);
}
