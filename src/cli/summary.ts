import type { Command } from "commander";
import { renderSummary } from "./render-summary.ts";
import { compileSpec } from "./compile-spec.ts";
import { exitCode } from "./cli-error.ts";
import type { SpecOptions } from "./spec.ts";
import { withSpecOptions } from "./spec.ts";
import { printData, printJson } from "./terminal.ts";

export function addSummary(program: Command): void {
  withSpecOptions(program.command("summary"))
    .summary("layers, residuals and totals of a network")
    .description("Prints the layers of a network with their shapes, parameters and multiply-adds, its residuals and its totals.")
    .argument("<spec>", "a file, or - for stdin")
    .option("--json", "as JSON")
    .action(async (spec: string, options: SpecOptions & { readonly json?: true }) => {
      const json = options.json === true;
      const compiled = await compileSpec(spec, options, { json, asserts: "show" });
      if (compiled === null) return;
      const { summarize } = await import("../analysis/summary.ts");
      const summary = summarize(compiled.value.training);
      if (json) printJson(summary);
      else printData(renderSummary(summary));
      process.exitCode = exitCode.clean;
    });
}
