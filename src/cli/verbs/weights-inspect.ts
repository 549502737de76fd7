import type { Command } from "commander";
import { printable } from "../../diagnostics/printable.ts";
import { formatShape } from "../../ir/shape.ts";
import { percent } from "../../text/percent.ts";
import { exitCode } from "../failure/cli-error.ts";
import { readWeightFile } from "../run/load-weights.ts";
import { failWithFindings } from "../print/report-findings.ts";
import { alignColumns } from "../print/align-columns.ts";
import { printData, printJson } from "../print/terminal.ts";

function figure(value: number): string {
  return value === 0 ? "0" : value.toPrecision(4);
}

export function addWeightsInspect(weights: Command): void {
  weights
    .command("inspect")
    .summary("list what a weight file holds")
    .description("Lists the tensors of a safetensors file with their shapes, figures and checksums.")
    .argument("<file>", "a safetensors file")
    .option("--json", "as JSON")
    .action(async (file: string, options: { readonly json?: true }) => {
      const read = await readWeightFile(file);
      if (read.value === null) {
        failWithFindings({ diagnostics: read.diagnostics, sources: new Map() }, options.json === true);
        return;
      }
      const { inspectWeights } = await import("../../weights/inspect.ts");
      const tensors = inspectWeights(read.value);
      const elements = tensors.reduce((sum, tensor) => sum + tensor.elements, 0);
      if (options.json === true) printJson({ file, elements, tensors });
      else {
        const rows = tensors.map((tensor) => [
          printable(tensor.name),
          formatShape(tensor.shape),
          ...[tensor.min, tensor.max, tensor.mean, tensor.std].map(figure),
          percent(tensor.zeros),
          tensor.checksum,
        ]);
        const header = ["tensor", "shape", "min", "max", "mean", "std", "zeros", "crc32"];
        printData(
          alignColumns([header, ...rows], ["left", "left", "right", "right", "right", "right", "right", "left"]),
        );
        printData(`\n${tensors.length} tensors, ${elements.toLocaleString("en-US")} numbers`);
      }
      process.exitCode = exitCode.clean;
    });
}
