import type { Summary } from "../../analysis/summary.ts";
import { formatShape } from "../../ir/shape.ts";
import { csv } from "./csv.ts";
import { grouped } from "../../text/grouped.ts";
import { axes, layerCells } from "./render-summary.ts";

/** Describes what `mnet summary --csv` and `--md` print, for the help of the verb. */
export const summaryTableHelp = `
Columns of --csv, one row a layer in execution order:
  path              the layer's path; a conv with its norm and activation is one layer
  op                its first op
  input, output     shapes, HxWxC or N; of a join, the first input
  params            trainable weights
  params_share      fraction of the network's, 0 to 1
  macs              multiply-adds of one image, convs and dense layers only (FLOPs = 2 x macs)
  macs_share        fraction of the network's, 0 to 1
  activation_bytes  bytes of the output in float32; 0 where the output shares the bytes of the input
  receptive_field   rows and columns of the input that one element depends on: N, or VxH where they differ
--md has the same, with shares in percent and a last row of totals.`;

/** Writes the layers as comma-separated values with a header. */
export function summaryCsv(summary: Summary): string {
  const header = [
    "path",
    "op",
    "input",
    "output",
    "params",
    "params_share",
    "macs",
    "macs_share",
    "activation_bytes",
    "receptive_field",
  ];
  const rows = summary.layers.map((layer) => [
    layer.path,
    layer.op,
    formatShape(layer.input),
    formatShape(layer.output),
    layer.params,
    layer.share.params.toFixed(6),
    layer.macs,
    layer.share.macs.toFixed(6),
    layer.activationBytes,
    axes(layer.receptiveField),
  ]);
  return csv([header, ...rows]);
}

/** Writes the layers as a Markdown table with a last row of totals. */
export function summaryMarkdown(summary: Summary): string {
  const rows = summary.layers.map(layerCells);
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const header = ["layer", "op", "input", "output", "params", "params %", "multiply-adds", "multiply-adds %"];
  return [
    line([...header, "activation bytes", "receptive field"]),
    line([...Array<string>(4).fill("---"), ...Array<string>(6).fill("---:")]),
    ...rows.map(line),
    line([
      `**${summary.name}**`,
      "",
      formatShape(summary.input),
      formatShape(summary.output),
      grouped(summary.params.trainable),
      "",
      grouped(summary.macs),
      "",
      "",
      "",
    ]),
    "",
  ].join("\n");
}
