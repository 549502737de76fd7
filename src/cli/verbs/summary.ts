import { Option, type Command } from "commander";
import { renderSummary } from "../print/render-summary.ts";
import { compileSpec } from "../run/compile-spec.ts";
import { exitCode } from "../failure/cli-error.ts";
import type { SpecOptions } from "../options/spec.ts";
import { withSpecOptions } from "../options/spec.ts";
import { summaryCsv, summaryMarkdown, summaryTableHelp } from "../print/summary-tables.ts";
import { printData, printJson } from "../print/terminal.ts";

interface SummaryOptions extends SpecOptions {
  readonly json?: true;
  readonly csv?: true;
  readonly md?: true;
}

export function addSummary(program: Command): void {
  withSpecOptions(program.command("summary"))
    .summary("layers, residuals and totals of a network")
    .description(
      "Prints the layers of a network with their shapes, parameters, multiply-adds, activations and receptive fields, each block with its residual and the reason, and the totals.",
    )
    .argument("<spec>", "a file, or - for stdin")
    .option("--json", "all of it as JSON")
    .addOption(new Option("--csv", "the layers as comma-separated values").conflicts("json"))
    .addOption(new Option("--md", "the layers as a Markdown table").conflicts(["json", "csv"]))
    .addHelpText("after", summaryTableHelp)
    .action(async (spec: string, options: SummaryOptions) => {
      const json = options.json === true;
      const compiled = await compileSpec(spec, options, { json, asserts: "show" });
      if (compiled === null) return;
      const { summarize } = await import("../../analysis/summary.ts");
      const summary = summarize(compiled.value.training, compiled.value.inference);
      if (json) printJson(summary);
      else if (options.csv === true) printData(summaryCsv(summary));
      else if (options.md === true) printData(summaryMarkdown(summary));
      else printData(renderSummary(summary));
      process.exitCode = exitCode.clean;
    });
}
