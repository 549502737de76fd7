import type { Command } from "commander";
import type { CompileRequest } from "../compile.ts";
import type { Source } from "../text/source.ts";
import { exitCode } from "./cli-error.ts";
import { deviceOption, type DeviceOptions } from "./device-option.ts";
import { createConfigFinder } from "./find-config.ts";
import { precisionOption, type PrecisionOptions } from "./precision-option.ts";
import { failWithFindings, type Findings } from "./report-findings.ts";
import { openSpec, specRequest, withSpecOptions, type SpecOptions } from "./spec.ts";
import { printData, printNote } from "./terminal.ts";
import { orTuningFailure, readTuning, tuningOption, type TuningOptions } from "./tuning-file.ts";
import { writeWholeFile } from "./write-whole-file.ts";

interface ReportOptions extends SpecOptions, DeviceOptions, PrecisionOptions, TuningOptions {
  readonly out?: string;
}

export function addReport(program: Command): void {
  withSpecOptions(program.command("report"))
    .summary("all of a network on one page")
    .description(
      "Writes one HTML file that loads nothing and runs no script: the graph, the layers, what each stage costs, the memory and the dispatches of the WebGPU program, what compiler and linter find, and the generated sources. Needs no weights and no adapter.",
    )
    .argument("<spec>", "a file, or - for stdin")
    .addOption(deviceOption("generic"))
    .addOption(precisionOption())
    .addOption(tuningOption())
    .option("--out <file>", "file to write (default: standard output)")
    .action(async (spec: string, options: ReportOptions) => {
      const { out, tuning: file, ...planOptions } = options;
      const { entry, read } = openSpec(spec);
      const request = specRequest(options, read);
      const [{ compile }, { makeReport }] = await Promise.all([
        import("../compile.ts"),
        import("../report/make-report.ts"),
      ]);
      const compiled = compile(entry, request);
      const { value } = compiled;
      if (value === null) {
        failWithFindings(compiled, false);
        return;
      }
      const { name } = value.training;
      const found = await review(spec, entry, { ...request, network: name });
      const tuning = await readTuning(file);
      const page = await orTuningFailure(file, () =>
        makeReport({ network: value, ...found, plan: { ...planOptions, ...tuning } }),
      );
      if (out === undefined) printData(page);
      else {
        await writeWholeFile(out, page);
        printNote(`${out}: the report of ${name}`);
      }
      process.exitCode = exitCode.clean;
    });
}

/** What compiler and linter find, as the spec's configuration has it. */
async function review(spec: string, entry: Source, request: CompileRequest): Promise<Findings> {
  const [{ lint }, { lintOptionsOf }, { config }] = await Promise.all([
    import("../lint/lint.ts"),
    import("../config/lint-options.ts"),
    createConfigFinder(undefined)(spec),
  ]);
  return lint(entry, request, lintOptionsOf(config, {}));
}
